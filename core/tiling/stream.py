"""Walks over tile rows from top to bottom, with just the pixels under them in memory."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from changeseek.core.tiling.block import PatchBlock
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.pieces import PieceStore
from changeseek.core.tiling.regions import Region
from changeseek.core.tiling.unit_rows import UnitRows
from changeseek.core.tiling.units import Unit, UnitKey, cut

# Bytes of patches in one block at most, unless a single patch is larger.
MAX_BLOCK_BYTES = 32 << 20


def stream_region(
    tile_grid: TileGrid, region: Region, stores: tuple[PieceStore, PieceStore], executor: Executor
) -> Iterator[PatchBlock]:
    """Patches of a region's tiles in order; every piece and unit under them is made once."""
    units = UnitRows(tile_grid, region, stores, executor)
    for row in region:
        under = units.advance(row)
        for run in _runs(row, tile_grid.tile):
            yield _block(tile_grid, run, under)


def _runs(row: NDArray[np.int64], tile: int) -> list[NDArray[np.int64]]:
    most = max(1, MAX_BLOCK_BYTES // (6 * tile * tile))
    return np.split(row, range(most, len(row), most))


def _block(tile_grid: TileGrid, run: NDArray[np.int64], units: dict[UnitKey, Unit]) -> PatchBlock:
    patches = np.empty((len(run), 2, 3, tile_grid.tile, tile_grid.tile), dtype=np.uint8)
    valid = np.empty(len(run), dtype=np.float32)
    for position, index in enumerate(run.tolist()):
        pixels, valid[position] = cut(units, tile_grid.window(index), tile_grid.pixel_grid)
        patches[position] = _continued(pixels, tile_grid.tile)
    return PatchBlock(run, patches, valid)


def _continued(pixels: NDArray[np.uint8], tile: int) -> NDArray[np.uint8]:
    """Mirror a raster that is smaller than a tile until it fills it."""
    height, width = pixels.shape[-2:]
    if (height, width) == (tile, tile):
        return pixels
    return np.pad(pixels, ((0, 0), (0, 0), (0, tile - height), (0, tile - width)), mode="symmetric")
