"""A bounded sample of both dates at the same places, from which the radiometry is measured."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import RasterioError

from changeseek.core.errors import SourceNotReadableError
from changeseek.core.raster.grid import PixelGrid, PixelWindow
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.positions import NODE_STEP, Placement
from changeseek.core.raster.registration import pixels_per_grid_pixel, register, window_under
from changeseek.core.raster.source import RasterSource
from changeseek.core.raster.spread import decode_spread

# Pixels of the working grid that a sample holds at most.
SAMPLE_PIXELS = 1 << 18
# A decimated look at the whole scene may decode so many pixels; a larger scene is sampled in windows.
_DECODED_PIXELS = 1 << 22
_WINDOWS_PER_SIDE = 5
# Edges of larger blocks are mostly edges of these, too. A constant, for how a file is stored must not change
# the radiometry.
_SMALLEST_BLOCK = 128

Sample = NDArray[np.float64]


def sample_pair(before: RasterSource, after: RasterSource, grid: PixelGrid) -> tuple[Sample, Sample]:
    """Stored values of both dates at the same places, spread over the grid.

    The same places whatever the reader's windows; the whole scene where it is small or has overviews,
    else a lattice of windows, so that a huge file is not read twice.

    Raises:
        SourceNotReadableError: A source is damaged where it is looked at.

    Returns:
        Two (3, N) float64, NaN where a date is not valid; N is at most about SAMPLE_PIXELS.
    """
    patches = _sample_grids(grid, (before, after))
    return _sample(before, patches), _sample(after, patches)


def _sample_grids(grid: PixelGrid, sources: tuple[RasterSource, ...]) -> list[PixelGrid]:
    step = max(1.0, math.sqrt(grid.width * grid.height / SAMPLE_PIXELS))
    if all(_decoded_pixels(source, grid, step) <= _DECODED_PIXELS for source in sources):
        return [_decimated(grid, step)]
    return [_part(grid, window) for window in _lattice(grid, sources)]


def _decoded_pixels(source: RasterSource, grid: PixelGrid, step: float) -> float:
    """Pixels that GDAL decodes for a look at the whole grid, with the overview that it takes for it."""
    across, down = pixels_per_grid_pixel(source, grid)
    reduction = max([factor for factor in source.overviews if factor <= step * min(across, down)], default=1)
    return grid.width * across * grid.height * down / reduction**2


def _decimated(grid: PixelGrid, step: float) -> PixelGrid:
    width, height = math.ceil(grid.width / step), math.ceil(grid.height / step)
    scale = Affine.scale(grid.width / width, grid.height / height)
    return PixelGrid(grid.crs, grid.transform @ scale, width, height)


def _lattice(grid: PixelGrid, sources: tuple[RasterSource, ...]) -> list[PixelWindow]:
    finest = max(max(pixels_per_grid_pixel(source, grid)) for source in sources)
    side = max(1, int(math.sqrt(SAMPLE_PIXELS) / _WINDOWS_PER_SIDE / max(1.0, finest)))
    height, width = min(side, grid.height), min(side, grid.width)
    top, left = _offset_in_source(grid, sources)
    rows = _spread_starts(grid.height, height, top)
    cols = _spread_starts(grid.width, width, left)
    return [PixelWindow(row, col, height, width) for row in rows for col in cols]


def _offset_in_source(grid: PixelGrid, sources: tuple[RasterSource, ...]) -> tuple[int, int]:
    """Row and column of the grid's first pixel in the first source that coincides with it."""
    offsets = (register(source, grid).offset for source in sources)
    return next((offset for offset in offsets if offset is not None), (0, 0))


def _spread_starts(length: int, size: int, offset: int) -> list[int]:
    """Starts of windows, moved the shorter way where one would lie in two blocks."""
    starts = np.linspace(0, length - size, _WINDOWS_PER_SIDE + 2)[1:-1].astype(int)
    reach = math.ceil(size / NODE_STEP) * NODE_STEP  # what `window_under` gives for it
    if reach <= _SMALLEST_BLOCK:
        inside = (starts + offset) % _SMALLEST_BLOCK
        back, forth = np.maximum(inside + reach - _SMALLEST_BLOCK, 0), _SMALLEST_BLOCK - inside
        starts = np.clip(starts + np.where(back <= forth, -back, forth), 0, length - size)
    return [int(start) for start in starts]


def _part(grid: PixelGrid, window: PixelWindow) -> PixelGrid:
    return PixelGrid(grid.crs, grid.window_transform(window), window.width, window.height)


def _sample(source: RasterSource, patches: list[PixelGrid]) -> Sample:
    with open_dataset(source.path) as dataset:
        try:
            parts = [_sample_patch(dataset, source, patch).reshape(3, -1) for patch in patches]
        except RasterioError as error:
            raise SourceNotReadableError(
                f"{source.path} is damaged: some of its pixels cannot be read", "Copy or download it again"
            ) from error
    return np.concatenate(parts, axis=1, dtype=np.float64)


def _sample_patch(dataset: Any, source: RasterSource, patch: PixelGrid) -> Sample:
    result = np.full((3, patch.height, patch.width), np.nan)
    window = window_under(source, patch)
    if window.width == 0 or window.height == 0:
        return result
    step = max(1.0, min(pixels_per_grid_pixel(source, patch)))
    rows, cols = math.ceil(window.height / step), math.ceil(window.width / step)
    values, valid = decode_spread(dataset, source, window, (rows, cols))
    shrink = Affine.scale(window.width / cols, window.height / rows)
    origin = Affine.translation(window.col_off, window.row_off)
    placement = Placement(patch, source.crs, source.transform @ origin @ shrink)
    return _nearest(np.where(valid, values, np.nan), placement)


def _nearest(values: Sample, placement: Placement) -> Sample:
    height, width = placement.grid.height, placement.grid.width
    at = placement.positions(PixelWindow(0, 0, height, width))
    rows, cols = values.shape[1:]
    within = (at.rows >= 0) & (at.rows < rows) & (at.cols >= 0) & (at.cols < cols)
    result = np.full((3, height, width), np.nan)
    result[:, within] = values[:, at.rows[within].astype(np.intp), at.cols[within].astype(np.intp)]
    return result
