"""How a source's pixels lie under the working grid, and which of them a window needs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from affine import Affine

from changeseek.core.raster.crs import Floats, same_crs
from changeseek.core.raster.grid import PixelGrid, PixelWindow
from changeseek.core.raster.positions import Placement, Positions
from changeseek.core.raster.source import RasterSource

# A source whose pixels stay within this fraction of the grid's is read as it is, not resampled.
_ON_GRID = 0.01
# Source pixels around a window's own that bilinear interpolation may touch.
_HALO = 2


@dataclass(frozen=True, slots=True)
class Registration:
    """A source under a grid.

    Attributes:
        source: The source.
        grid: The working grid.
        reduction: Source pixels per side that are averaged into one before resampling, a power of two.
        offset: Row and column of the grid's first pixel in the source where they coincide, else None.
        ratio: Reduced source pixels that a grid pixel spans, (along x, along y).
    """

    source: RasterSource
    grid: PixelGrid
    reduction: int
    offset: tuple[int, int] | None
    ratio: tuple[float, float]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the reduced source."""
        return -(-self.source.height // self.reduction), -(-self.source.width // self.reduction)

    @property
    def placement(self) -> Placement:
        """The grid over the reduced source."""
        return Placement(self.grid, self.source.crs, self.source.transform @ Affine.scale(self.reduction))

    def source_window(self, window: PixelWindow) -> PixelWindow:
        """Reduced source pixels that a window of the grid needs; may be empty."""
        if self.offset is not None:
            top, left = window.row_off + self.offset[0], window.col_off + self.offset[1]
            return _clipped(top, left, top + window.height, left + window.width, self.shape)
        return _around(self.placement.nodes(window), _HALO, self.shape)


def register(source: RasterSource, grid: PixelGrid) -> Registration:
    """Find how a source lies under a grid: the same pixels, shifted, finer, or in another CRS."""
    offset = _coinciding_offset(source, grid)
    if offset is not None:
        return Registration(source, grid, 1, offset, (1.0, 1.0))
    across, down = pixels_per_grid_pixel(source, grid)
    reduction = 2 ** max(0, math.floor(math.log2(min(across, down))))
    return Registration(source, grid, reduction, None, (across / reduction, down / reduction))


def _coinciding_offset(source: RasterSource, grid: PixelGrid) -> tuple[int, int] | None:
    if not same_crs(source.crs, grid.crs):
        return None
    to_source = ~source.transform @ grid.transform
    drift = max(
        abs(to_source.a - 1) * grid.width + abs(to_source.b) * grid.height,
        abs(to_source.e - 1) * grid.height + abs(to_source.d) * grid.width,
    )
    col, row = round(to_source.c), round(to_source.f)
    if max(drift, abs(to_source.c - col), abs(to_source.f - row)) > _ON_GRID:
        return None
    return row, col


def pixels_per_grid_pixel(source: RasterSource, grid: PixelGrid) -> tuple[float, float]:
    """Source pixels that one pixel at the grid's centre spans, along x and along y."""
    right, below = _steps(source, grid)
    across, down = np.linalg.norm(right), np.linalg.norm(below)
    return float(np.nan_to_num(across, nan=1.0)), float(np.nan_to_num(down, nan=1.0))


def stored_pixels(source: RasterSource, grid: PixelGrid, right: float, down: float) -> tuple[float, float]:
    """So many grid pixels to the right and downwards in a source's own pixels, (columns, rows)."""
    a_right, a_down = _steps(source, grid)
    cols, rows = a_right * right + a_down * down
    return float(cols), float(rows)


def _steps(source: RasterSource, grid: PixelGrid) -> tuple[Floats, Floats]:
    """One pixel at the grid's centre to the right and downwards, in (columns, rows) of the source."""
    centre = PixelWindow(grid.height // 2, grid.width // 2, 1, 1)
    placement = Placement(grid, source.crs, source.transform)
    corners = [placement.positions(centre, inside) for inside in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))]
    start, right, below = (np.array([corner.cols[0, 0], corner.rows[0, 0]]) for corner in corners)
    return right - start, below - start


def window_under(source: RasterSource, grid: PixelGrid) -> PixelWindow:
    """Source pixels that lie under a grid; may be empty."""
    everything = PixelWindow(0, 0, grid.height, grid.width)
    nodes = Placement(grid, source.crs, source.transform).nodes(everything)
    return _around(nodes, 0, (source.height, source.width))


def _around(nodes: Positions, halo: int, shape: tuple[int, int]) -> PixelWindow:
    known = np.isfinite(nodes.cols) & np.isfinite(nodes.rows)
    if not known.any():
        return PixelWindow(0, 0, 0, 0)
    rows, cols = nodes.rows[known], nodes.cols[known]
    top, bottom = math.floor(rows.min()) - halo, math.ceil(rows.max()) + halo
    left, right = math.floor(cols.min()) - halo, math.ceil(cols.max()) + halo
    return _clipped(top, left, bottom, right, shape)


def _clipped(top: int, left: int, bottom: int, right: int, shape: tuple[int, int]) -> PixelWindow:
    top, bottom = (min(max(row, 0), shape[0]) for row in (top, bottom))
    left, right = (min(max(col, 0), shape[1]) for col in (left, right))
    return PixelWindow(top, left, bottom - top, right - left)
