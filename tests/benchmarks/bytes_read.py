"""How many bytes reading takes from the files, over the compressed bytes of the blocks that it needs.

The kernel counts: `rchar` in /proc/self/io is what this process's read calls brought, from the page cache or
from the disk, in whichever thread. By the time it is looked at everything is imported and one tile has been
read, so the difference holds the files' bytes alone, their tables of blocks included. GDAL's own cache of
blocks is too small to hide a second reading (`Settings.gdal_cache_mb`).
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import rasterio
from rasterio.windows import from_bounds

from changeseek.core.raster.grid import Bounds, PixelWindow
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.settings import Settings

_COUNTERS = Path("/proc/self/io")


def measure(settings: Settings) -> Figures:
    """Four ratios without a unit; 1 means that every byte of every needed block was read once.

    Half the stride must not read twice. The window is half as wide and high as the rasters, lies inside them
    and off their blocks' edges. The ratios are of reading the tiles; `whole` adds the opening of the pair,
    which takes a sample of both dates for their radiometry.
    """
    os.environ["GDAL_CACHEMAX"] = str(settings.gdal_cache_mb)  # GDAL looks when it reads its first block
    tile = settings.tile
    whole, opening = _opened_warm(settings)
    window = open_pair(settings.before, settings.after, extent=_window_inside(whole))
    reading = _ratio(whole, TileGrid(whole.grid, tile, tile))
    return {
        "bytes_read_ratio": reading,
        "bytes_read_ratio_whole": reading + opening / _compressed_bytes_of_both(whole),
        "bytes_read_ratio_half_stride": _ratio(whole, TileGrid(whole.grid, tile, tile // 2)),
        "bytes_read_ratio_window": _ratio(window, TileGrid(window.grid, tile, tile)),
    }


def _opened_warm(settings: Settings) -> tuple[RasterPair, int]:
    """The pair, and the bytes that opening it reads once all libraries and their tables are loaded."""
    open_pair(settings.before, settings.after)
    start = _bytes_so_far()
    pair = open_pair(settings.before, settings.after)
    return pair, _bytes_so_far() - start


def _window_inside(pair: RasterPair) -> Bounds:
    side = pair.grid.width
    return pair.grid.window_bounds(PixelWindow(side * 7 // 32, side * 7 // 32, side // 2, side // 2))


def _ratio(pair: RasterPair, tiles: TileGrid) -> float:
    _read(pair, tiles, range(1))
    start = _bytes_so_far()
    _read(pair, tiles, range(len(tiles)))
    read = _bytes_so_far() - start
    return read / _compressed_bytes_of_both(pair)


def _read(pair: RasterPair, tiles: TileGrid, indices: range) -> None:
    for _ in read_patches(pair, tiles, indices=indices):
        pass


def _bytes_so_far() -> int:
    counters = dict(line.split(": ") for line in _COUNTERS.read_text(encoding="ascii").splitlines())
    return int(counters["rchar"])


def _compressed_bytes_of_both(pair: RasterPair) -> int:
    """Bytes in both files of the blocks that the pair's grid touches."""
    return sum(_compressed_bytes(source.path, pair.grid.bounds) for source in (pair.before, pair.after))


def _compressed_bytes(path: str, bounds: Bounds) -> int:
    """Bytes in the file of the blocks that an area touches."""
    with rasterio.open(path) as dataset:
        window = from_bounds(*bounds, transform=dataset.transform).round_offsets().round_lengths()
        height, width = dataset.block_shapes[0]
        rows = range(window.row_off // height, math.ceil((window.row_off + window.height) / height))
        cols = range(window.col_off // width, math.ceil((window.col_off + window.width) / width))
        names = (f"BLOCK_SIZE_{col}_{row}" for row in rows for col in cols)
        return sum(int(dataset.get_tag_item(name, "TIFF", bidx=1)) for name in names)
