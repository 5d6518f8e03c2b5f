"""Small pictures of tiles, both dates as the model saw them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from changeseek.core.errors import ChangeSeekError, ExportError
from changeseek.core.faults import disk_full
from changeseek.core.progress import ProgressCallback, ProgressMeter
from changeseek.core.raster.pair import RasterPair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches

MOST_PIXELS = 2048
# They are looked at once or twice, so that quickly written counts for more than small.
_COMPRESSION = 1


class Pictures(NamedTuple):
    """PNG files of a tile's two dates."""

    before: Path
    after: Path


def draw_thumbnails(
    pair: RasterPair,
    tile_grid: TileGrid,
    tile_ids: Sequence[str],
    folder: Path,
    side: int,
    *,
    progress: ProgressCallback | None = None,
) -> list[Pictures]:
    """Write `TILEID-before.png` and `TILEID-after.png` of some tiles; those that lie there are left alone.

    Args:
        pair: The two dates.
        tile_grid: The tiles.
        tile_ids: Which of them, in any order.
        folder: Made where it is missing.
        side: Of a picture in pixels.
        progress: Told about tiles drawn.

    Returns:
        The files in the order of `tile_ids`.

    Raises:
        UnknownTileError: The grid has no such tile.
        ExportError: The side is no size of a picture, or the folder cannot be written.
        MachineFaultError: A source could be opened but not read, or the disk is full.
    """
    if not 1 <= side <= MOST_PIXELS:
        raise ExportError(
            f"a picture cannot be {side} pixels wide", f"Give a number between 1 and {MOST_PIXELS}"
        )
    wanted = {tile_grid.parse(tile_id): _names(folder, tile_id) for tile_id in tile_ids}
    # Not by Path's own method, which raises where a name is too long or a folder may not be entered.
    missing = sorted(tile for tile, files in wanted.items() if not all(map(os.path.exists, files)))
    meter = ProgressMeter(len(wanted), progress, already_done=len(wanted) - len(missing))
    _make_folder(folder)
    with closing(read_patches(pair, tile_grid, indices=missing)) as blocks:
        for block in blocks:
            for tile, patches in zip(block.indices.tolist(), block.patches, strict=True):
                for file, patch in zip(wanted[tile], patches, strict=True):
                    _write(file, patch, side)
                meter.advance(1)
    return [wanted[tile_grid.parse(tile_id)] for tile_id in tile_ids]


def _names(folder: Path, tile_id: str) -> Pictures:
    return Pictures(folder / f"{tile_id}-before.png", folder / f"{tile_id}-after.png")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _write(file: Path, patch: NDArray[np.uint8], side: int) -> None:
    """Write a patch (3, T, T), whole or not at all; not flushed to the disk, for it can be drawn again."""
    unfinished = file.with_name(f".{file.stem}.{os.getpid()}.png")
    image = Image.fromarray(np.ascontiguousarray(patch.transpose(1, 2, 0)))
    try:
        image.resize((side, side), Image.Resampling.BICUBIC).save(unfinished, compress_level=_COMPRESSION)
        unfinished.replace(file)
    except OSError as error:
        raise _cannot_write(file.parent, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def _cannot_write(folder: Path, error: OSError) -> ChangeSeekError:
    return disk_full(error) or ExportError(
        f"pictures cannot be written into {folder}: {error.strerror}", "Name another folder"
    )
