"""How a source's pixels lie under the working grid, and which of them a window needs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.warp import transform

from changeseek.core.raster.crs import same_crs
from changeseek.core.raster.grid import PixelGrid, PixelWindow
from changeseek.core.raster.source import RasterSource

Floats = NDArray[np.float64]

# A source whose pixels stay within this fraction of the grid's is read as it is, not resampled.
_ON_GRID = 0.01
# Below this many source pixels per grid pixel plain bilinear needs no wider kernel.
_PLAIN_BILINEAR = 1.1
# Points along each side of a window that are projected to find what lies under it.
_EDGE_POINTS = 17


@dataclass(frozen=True, slots=True)
class Registration:
    """A source under a grid.

    Attributes:
        source: The source.
        grid: The working grid.
        reduction: Source pixels per side that are averaged into one before resampling, a power of two.
        offset: Row and column of the grid's first pixel in the source where they coincide, else None.
        kernel: Grid pixels per reduced source pixel along x and y, at most 1; the kernel's width.
    """

    source: RasterSource
    grid: PixelGrid
    reduction: int
    offset: tuple[int, int] | None
    kernel: tuple[float, float]

    @property
    def transform(self) -> Affine:
        """Transform of the reduced source."""
        return self.source.transform * Affine.scale(self.reduction)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the reduced source."""
        return -(-self.source.height // self.reduction), -(-self.source.width // self.reduction)

    def source_window(self, window: PixelWindow) -> PixelWindow:
        """Reduced source pixels that a window of the grid needs, a kernel's halo included; may be empty."""
        if self.offset is not None:
            return _clipped(*_shifted(window, self.offset), self.shape)
        columns, rows = _project(self.source, self.grid, self.transform, window)
        halo = 2 + math.ceil(1 / min(self.kernel))
        top, bottom = math.floor(rows.min()) - halo, math.ceil(rows.max()) + halo
        left, right = math.floor(columns.min()) - halo, math.ceil(columns.max()) + halo
        return _clipped(top, left, bottom, right, self.shape)


def register(source: RasterSource, grid: PixelGrid) -> Registration:
    """Find how a source lies under a grid: the same pixels, shifted, finer, or in another CRS."""
    offset = _coinciding_offset(source, grid)
    if offset is not None:
        return Registration(source, grid, 1, offset, (1.0, 1.0))
    across, down = pixels_per_grid_pixel(source, grid)
    reduction = 2 ** max(0, math.floor(math.log2(min(across, down))))
    return Registration(
        source, grid, reduction, None, (_kernel(across / reduction), _kernel(down / reduction))
    )


def _kernel(pixels: float) -> float:
    # Rounded, so that it is the same number wherever the grid's corner lies.
    return 1.0 if pixels <= _PLAIN_BILINEAR else round(1 / pixels, 3)


def _coinciding_offset(source: RasterSource, grid: PixelGrid) -> tuple[int, int] | None:
    if not same_crs(source.crs, grid.crs):
        return None
    to_source = ~source.transform * grid.transform
    drift = max(
        abs(to_source.a - 1) * grid.width + abs(to_source.b) * grid.height,
        abs(to_source.e - 1) * grid.height + abs(to_source.d) * grid.width,
    )
    col, row = round(to_source.c), round(to_source.f)
    if max(drift, abs(to_source.c - col), abs(to_source.f - row)) > _ON_GRID:
        return None
    return row, col


def pixels_per_grid_pixel(source: RasterSource, grid: PixelGrid) -> tuple[float, float]:
    """Source pixels that one pixel at the grid's centre spans along the source's columns and rows."""
    centre = PixelWindow(grid.height // 2, grid.width // 2, 1, 1)
    columns, rows = _project(source, grid, source.transform, centre)
    return max(float(np.ptp(columns)), 1e-6), max(float(np.ptp(rows)), 1e-6)


def window_under(source: RasterSource, grid: PixelGrid) -> PixelWindow:
    """Source pixels that lie under a grid; may be empty."""
    everything = PixelWindow(0, 0, grid.height, grid.width)
    columns, rows = _project(source, grid, source.transform, everything)
    top, bottom = math.floor(rows.min()), math.ceil(rows.max())
    left, right = math.floor(columns.min()), math.ceil(columns.max())
    return _clipped(top, left, bottom, right, (source.height, source.width))


def _project(
    source: RasterSource, grid: PixelGrid, to_crs: Affine, window: PixelWindow
) -> tuple[Floats, Floats]:
    """Columns and rows in the source of points along a window's outline."""
    steps = np.linspace(0.0, 1.0, _EDGE_POINTS)
    across = np.concatenate([steps, steps, np.zeros_like(steps), np.ones_like(steps)]) * window.width
    down = np.concatenate([np.zeros_like(steps), np.ones_like(steps), steps, steps]) * window.height
    xs = grid.transform.c + grid.transform.a * (window.col_off + across)
    ys = grid.transform.f + grid.transform.e * (window.row_off + down)
    if not same_crs(source.crs, grid.crs):
        xs, ys = (np.asarray(values) for values in transform(grid.crs, source.crs, xs, ys))
    inverse = ~to_crs
    columns = inverse.a * xs + inverse.b * ys + inverse.c
    rows = inverse.d * xs + inverse.e * ys + inverse.f
    inside = np.isfinite(columns) & np.isfinite(rows)
    if not inside.any():
        return np.full(1, -1e9), np.full(1, -1e9)
    return columns[inside], rows[inside]


def _shifted(window: PixelWindow, offset: tuple[int, int]) -> tuple[int, int, int, int]:
    top, left = window.row_off + offset[0], window.col_off + offset[1]
    return top, left, top + window.height, left + window.width


def _clipped(top: int, left: int, bottom: int, right: int, shape: tuple[int, int]) -> PixelWindow:
    top, bottom = (min(max(row, 0), shape[0]) for row in (top, bottom))
    left, right = (min(max(col, 0), shape[1]) for col in (left, right))
    return PixelWindow(top, left, bottom - top, right - left)
