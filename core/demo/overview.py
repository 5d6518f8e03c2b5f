"""Both dates as small pictures of the same ground."""

from __future__ import annotations

import math

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.source import RasterSource

Picture = NDArray[np.uint8]


def overview_of(source: RasterSource, grid: PixelGrid, side: int) -> Picture:
    """A source on a grid, made small: (H, W, 3) uint8 as it is stored, its larger side at most `side`.

    Args:
        source: An 8-bit raster.
        grid: The ground to show.
        side: Pixels.
    """
    step = max(1.0, max(grid.width, grid.height) / side)
    width, height = math.ceil(grid.width / step), math.ceil(grid.height / step)
    transform = grid.transform @ Affine.scale(grid.width / width, grid.height / height)
    warp = {"crs": grid.crs, "transform": transform, "width": width, "height": height}
    with (
        rasterio.open(source.path) as dataset,
        WarpedVRT(dataset, resampling=Resampling.average, **warp) as warped,
    ):
        return np.ascontiguousarray(warped.read(source.bands).transpose(1, 2, 0))
