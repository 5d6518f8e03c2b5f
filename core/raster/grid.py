"""The one pixel grid on which both dates are read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from affine import Affine

from changeseek.core.raster.ground import GroundScale, ground_scale


class Bounds(NamedTuple):
    """A rectangle in CRS units."""

    xmin: float
    ymin: float
    xmax: float
    ymax: float


class PixelWindow(NamedTuple):
    """A rectangle of pixels: offsets of its upper left pixel and its size."""

    row_off: int
    col_off: int
    height: int
    width: int


def overlap_slices(one: PixelWindow, other: PixelWindow) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Rows and columns that two windows share, counted from the first's corner and from the second's."""
    top, left = max(one.row_off, other.row_off), max(one.col_off, other.col_off)
    bottom = min(one.row_off + one.height, other.row_off + other.height)
    right = min(one.col_off + one.width, other.col_off + other.width)
    in_one, in_other = (
        (
            slice(top - window.row_off, bottom - window.row_off),
            slice(left - window.col_off, right - window.col_off),
        )
        for window in (one, other)
    )
    return in_one, in_other


@dataclass(frozen=True, slots=True)
class PixelGrid:
    """A north-up grid of pixels somewhere on Earth.

    Attributes:
        crs: Authority code ("EPSG:32615") where there is one, else WKT.
        transform: Pixel corner (col, row) to CRS units; no rotation, rows run southwards.
        width: Columns.
        height: Rows.
    """

    crs: str
    transform: Affine
    width: int
    height: int

    @property
    def bounds(self) -> Bounds:
        """Outer edge of the grid, CRS units."""
        return self.window_bounds(PixelWindow(0, 0, self.height, self.width))

    @property
    def ground_sample_distance(self) -> float:
        """Side of a pixel at the grid's centre in metres (the geometric mean of width and height)."""
        scale = self.ground_scale
        return math.sqrt(abs(self.transform.a) * scale.x * abs(self.transform.e) * scale.y)

    @property
    def ground_scale(self) -> GroundScale:
        """Metres per CRS unit at the grid's centre."""
        x, y = self.transform @ (self.width / 2, self.height / 2)
        return ground_scale(self.crs, x, y, abs(self.transform.a))

    def window_bounds(self, window: PixelWindow) -> Bounds:
        """Outer edge of a window of this grid, CRS units."""
        left, top = self.transform @ (window.col_off, window.row_off)
        right, bottom = self.transform @ (window.col_off + window.width, window.row_off + window.height)
        return Bounds(left, bottom, right, top)

    def window_transform(self, window: PixelWindow) -> Affine:
        """Transform of a window of this grid."""
        return self.transform @ Affine.translation(window.col_off, window.row_off)
