"""Pixels spread evenly over a window, block by block.

GDAL's own decimation goes row by row, and decodes a row of blocks again for each of its rows when its cache
is smaller than that row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.windows import Window

from changeseek.core.raster.decode import Decoded, interpret, read_stored
from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.source import RasterSource

# Pixels that are read at a time, unless one block has more: few enough for the smallest cache.
_PIXELS_AT_A_TIME = 1 << 16
# A mosaic's own blocks say nothing about those of its files: read some of the usual ones at a time.
_MOSAIC_BLOCK = (512, 2048)
# GDAL takes an overview that is up to so many times, and so much more, coarser than what is asked for; with
# its rule this gives the same pixels as its decimation.
_TIMES_COARSER, _COARSER = 1.2, 0.1
# What GDAL adds to a position against rounding.
_ROUNDING = 1e-10

Places = NDArray[np.intp]


def decode_spread(dataset: Any, source: RasterSource, window: PixelWindow, shape: tuple[int, int]) -> Decoded:
    """Decode the pixels in the middle of `shape` equal parts of a window, from an overview where one will do.

    Each block is decoded once, however small GDAL's cache is. Beside the result, memory holds the largest of
    _PIXELS_AT_A_TIME, of what the window needs of one block, and of a part of a mosaic.

    Args:
        dataset: The source, opened.
        source: What is known of it.
        window: Pixels of the source, not empty.
        shape: Rows and columns of the result, at most those of the window.
    """
    with _level(dataset, source, min(window.height / shape[0], window.width / shape[1])) as level:
        rows = _middles(window.row_off, window.height, shape[0], level.height / source.height)
        cols = _middles(window.col_off, window.width, shape[1], level.width / source.width)
        rows, cols = np.minimum(rows, level.height - 1), np.minimum(cols, level.width - 1)
        stored = _pick(level, source, rows, cols)
    if source.masked and level is not dataset:
        stored = stored._replace(valid=_decimated_mask(dataset, source, window, shape))
    return interpret(dataset, source, stored)


@contextmanager
def _level(dataset: Any, source: RasterSource, step: float) -> Iterator[Any]:
    """The coarsest overview with about as many pixels as are asked for, else the raster itself."""
    fitting = [factor for factor in source.overviews if factor < step * _TIMES_COARSER + _COARSER]
    if not fitting:
        yield dataset
        return
    with open_dataset(source.path, source.overviews.index(max(fitting))) as overview:
        yield overview


def _decimated_mask(
    dataset: Any, source: RasterSource, window: PixelWindow, shape: tuple[int, int]
) -> NDArray[np.bool_]:
    """A mask that came after the overviews has none: an overview does not know it, but GDAL does."""
    area = Window(window.col_off, window.row_off, window.width, window.height)
    mask = dataset.read_masks(source.bands[0], window=area, out_shape=shape, resampling=Resampling.nearest)
    return np.asarray(mask > 0)


def _middles(offset: int, size: int, count: int, scale: float) -> Places:
    """Pixels of a level under the middles of `count` equal parts of the source's pixels."""
    middles = (np.arange(count) + 0.5) * (size / count) + offset
    return np.asarray(np.floor(middles * scale + _ROUNDING), dtype=np.intp)


def _pick(level: Any, source: RasterSource, rows: Places, cols: Places) -> Decoded:
    height, width = _read_shape(level, source)
    across = [cols[group] for group in _groups(cols, width)]
    down = [rows[group] for group in _groups(rows, height)]
    strips = [_joined([_pick_part(level, source, row, col) for col in across], axis=-1) for row in down]
    return _joined(strips, axis=-2)


def _joined(parts: list[Decoded], axis: int) -> Decoded:
    values, valid = zip(*parts, strict=True)
    return Decoded(np.concatenate(values, axis=axis), np.concatenate(valid, axis=axis))


def _pick_part(level: Any, source: RasterSource, rows: Places, cols: Places) -> Decoded:
    top, left = int(rows[0]), int(cols[0])
    window = PixelWindow(top, left, int(rows[-1]) - top + 1, int(cols[-1]) - left + 1)
    values, valid = read_stored(level, source, window)
    return Decoded(values[:, rows - top][:, :, cols - left], valid[rows - top][:, cols - left])


def _read_shape(level: Any, source: RasterSource) -> tuple[int, int]:
    """Rows and columns to read at a time: one row of blocks, and as many blocks of it as are small enough."""
    height, width = _MOSAIC_BLOCK if source.driver == "VRT" else level.block_shapes[source.bands[0] - 1]
    return height, width * max(1, _PIXELS_AT_A_TIME // (height * width))


def _groups(places: Places, size: int) -> list[slice]:
    """Runs of ascending places that lie in the same part of `size` pixels."""
    starts = [0, *(np.flatnonzero(np.diff(places // size)) + 1).tolist()]
    return [slice(start, end) for start, end in zip(starts, [*starts[1:], len(places)], strict=True)]
