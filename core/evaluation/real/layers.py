"""Truth from rasters, masks and outlines, laid onto the grid of a pair and counted in its tiles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rasterio.enums import Resampling
from rasterio.features import rasterize
from rasterio.vrt import WarpedVRT
from rasterio.warp import reproject, transform_geom

from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.source import RasterSource
from changeseek.core.tiling.grid import TileGrid

Layer = NDArray[np.bool_]
Bands = NDArray[np.float32]
Shares = NDArray[np.float64]


def read_bands(file: Path, bands: Sequence[int], grid: PixelGrid) -> Bands:
    """Stored values (B, H, W) of 1-based bands under each pixel's centre; 0 where there are none."""
    place = {"crs": grid.crs, "transform": grid.transform, "width": grid.width, "height": grid.height}
    with open_dataset(str(file)) as dataset, WarpedVRT(dataset, **place) as warped:
        return np.asarray(warped.read(list(bands)), dtype=np.float32)


def read_mask(picture: Path, lies_on: RasterSource, grid: PixelGrid) -> Layer:
    """(H, W) where a picture is not black.

    The picture lies on a raster pixel for pixel; where their sizes differ by a little it is stretched.
    """
    size = lies_on.width, lies_on.height
    return placed(
        np.asarray(Image.open(picture).convert("L").resize(size, Image.Resampling.NEAREST)) > 0, lies_on, grid
    )


def placed(layer: Layer, lies_on: RasterSource, grid: PixelGrid) -> Layer:
    """(H, W) what a layer on a raster's own pixels says under each pixel's centre; False beyond it."""
    found = np.zeros((grid.height, grid.width), dtype=np.uint8)
    reproject(
        layer.astype(np.uint8),
        found,
        src_transform=lies_on.transform,
        src_crs=lies_on.crs,
        dst_transform=grid.transform,
        dst_crs=grid.crs,
        resampling=Resampling.nearest,
    )
    return found > 0


def burn(outlines: Sequence[dict[str, Any]], crs: str, grid: PixelGrid) -> Layer:
    """(H, W) inside one of the outlines, which are GeoJSON geometries in that CRS."""
    if not outlines:
        return np.zeros((grid.height, grid.width), dtype=bool)
    placed = [(transform_geom(crs, grid.crs, outline), 1) for outline in outlines]
    burned = rasterize(placed, (grid.height, grid.width), transform=grid.transform, dtype="uint8")
    return np.asarray(burned > 0)


def tile_shares(layer: Layer, tiles: TileGrid) -> Shares:
    """(N,) share 0..1 of each tile that a layer (H, W) marks."""
    windows = [tiles.window(number) for number in range(len(tiles))]
    return np.array(
        [layer[row : row + height, col : col + width].mean() for row, col, height, width in windows]
    )
