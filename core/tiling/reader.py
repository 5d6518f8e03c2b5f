"""Streams patches of both dates in the tiles' order, decoding ahead of whoever takes them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing

import numpy as np
from numpy.typing import NDArray

from changeseek.core.ahead import run_ahead
from changeseek.core.errors import TilingError, UnknownTileError
from changeseek.core.raster.pair import RasterPair
from changeseek.core.raster.registration import register
from changeseek.core.tiling.block import PatchBlock
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.handles import Handles
from changeseek.core.tiling.pieces import PieceStore, plan_pieces
from changeseek.core.tiling.regions import plan_regions
from changeseek.core.tiling.stream import stream_region

__all__ = ["PatchBlock", "read_patches"]

# Blocks that wait for the consumer; the reader stands still while they are not taken.
_BLOCKS_AHEAD = 1


def read_patches(
    pair: RasterPair, tile_grid: TileGrid, *, indices: range | Sequence[int] | None = None, readers: int = 2
) -> Generator[PatchBlock]:
    """Read patches of all tiles, or of some, in ascending order of their index.

    A tile's patch is the same whichever tiles are asked for and however the threads take turns.
    Memory is bounded by MAX_REGION_BYTES, MAX_BLOCK_BYTES and PIECE_PIXELS a reader. Closing the
    iterator ends the threads.

    Args:
        pair: The two dates.
        tile_grid: Tiles over the pair's grid.
        indices: Tiles to read, ascending; None reads all.
        readers: Threads that decode and resample, 1 or more.

    Raises:
        UnknownTileError: An index is not in the grid, or they are not in order.
        TilingError: The tiles are not of this pair's grid, or there is no reader.
        MachineFaultError: A source cannot be read, or has gone since the pair was opened.
    """
    if tile_grid.pixel_grid != pair.grid:
        raise TilingError(
            "the tiles belong to another grid than the rasters", "Make the tile grid from the pair's"
        )
    if readers < 1:
        raise TilingError(f"{readers} threads cannot read", "Give one reader or more")
    wanted = _checked_indices(tile_grid, indices)
    return run_ahead(lambda: _produce(pair, tile_grid, wanted, readers), _BLOCKS_AHEAD)


def _checked_indices(tile_grid: TileGrid, indices: range | Sequence[int] | None) -> NDArray[np.int64]:
    wanted = np.asarray(range(len(tile_grid)) if indices is None else indices, dtype=np.int64)
    if wanted.size and not (wanted.min() >= 0 and wanted.max() < len(tile_grid)):
        raise UnknownTileError(
            "a tile number lies outside the grid", f"Tiles are numbered 0 to {len(tile_grid) - 1}"
        )
    if np.any(np.diff(wanted) <= 0):
        raise UnknownTileError("tile numbers are not in ascending order", "Sort them and name each once")
    return wanted


def _produce(
    pair: RasterPair, tile_grid: TileGrid, wanted: NDArray[np.int64], readers: int
) -> Iterator[PatchBlock]:
    registrations = register(pair.before, pair.grid), register(pair.after, pair.grid)
    with ExitStack() as resources:
        handles = [resources.enter_context(closing(Handles(source))) for source in (pair.before, pair.after)]
        executor = _start_readers(readers, resources)
        before, after = (
            PieceStore(plan_pieces(registration), stretch, open_files, executor)
            for registration, stretch, open_files in zip(
                registrations, (pair.stretch_before, pair.stretch_after), handles, strict=True
            )
        )
        for region in plan_regions(tile_grid, wanted, registrations):
            yield from stream_region(tile_grid, region, (before, after), executor)


def _start_readers(readers: int, resources: ExitStack) -> Executor:
    executor = ThreadPoolExecutor(readers, thread_name_prefix="changeseek-reader")
    resources.callback(executor.shutdown, wait=True, cancel_futures=True)
    return executor
