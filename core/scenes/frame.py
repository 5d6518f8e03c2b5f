"""The piece of ground that is drawn: geometry is thought in metres, y downwards, and drawn in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from changeseek.core.scenes.scene import PixelBounds

Metres = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """Height and width in pixels and the metres that a pixel spans."""

    height: int
    width: int
    ground_sample_distance: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.height, self.width

    @property
    def metres_wide(self) -> float:
        """Extent along x in metres."""
        return self.width * self.ground_sample_distance

    @property
    def metres_high(self) -> float:
        """Extent along y in metres."""
        return self.height * self.ground_sample_distance

    @property
    def outline(self) -> Polygon:
        """The whole ground as a polygon in metres."""
        return box(0, 0, self.metres_wide, self.metres_high)

    @property
    def whole(self) -> PixelBounds:
        """All pixels."""
        return PixelBounds(0, 0, self.height, self.width)

    def pixel_bounds(self, geometry: BaseGeometry) -> PixelBounds | None:
        """The pixels that a geometry in metres may touch, None where it lies outside."""
        x_low, y_low, x_high, y_high = np.asarray(geometry.bounds) / self.ground_sample_distance
        row_start, row_stop = max(0, int(y_low)), min(self.height, int(y_high) + 1)
        col_start, col_stop = max(0, int(x_low)), min(self.width, int(x_high) + 1)
        if row_start >= row_stop or col_start >= col_stop:
            return None
        return PixelBounds(row_start, col_start, row_stop, col_stop)

    def rasterise(
        self, geometries: Sequence[BaseGeometry], values: Sequence[int], within: PixelBounds | None = None
    ) -> NDArray[np.int32]:
        """Draw geometries, later over earlier, into (rows, columns) int32; -1 where none lies."""
        at = within or self.whole
        if not len(geometries):
            return np.full((at.row_stop - at.row_start, at.col_stop - at.col_start), -1, dtype=np.int32)
        step = self.ground_sample_distance
        return np.asarray(
            rasterize(
                zip(geometries, values, strict=True),
                out_shape=(at.row_stop - at.row_start, at.col_stop - at.col_start),
                transform=Affine(step, 0, at.col_start * step, 0, step, at.row_start * step),
                fill=-1,
                dtype="int32",
            ),
            dtype=np.int32,
        )

    def pixels_of(self, x: Metres, y: Metres) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows and columns of positions in metres, the nearest border pixel for those outside."""
        rows = np.clip((y / self.ground_sample_distance).astype(np.intp), 0, self.height - 1)
        cols = np.clip((x / self.ground_sample_distance).astype(np.intp), 0, self.width - 1)
        return rows, cols
