"""The drawn scene as two rasters that have as little in common as real ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.transform import from_origin
from rasterio.warp import calculate_default_transform, reproject

from changeseek.core.index.files import written_whole
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.scenes.scene import TwoDateScene

CRS_BEFORE = "EPSG:25833"
CRS_AFTER = "EPSG:3035"
PIXEL_AFTER = 0.6
TAKEN_BEFORE = datetime(2015, 6, 14, 10, 32)
TAKEN_AFTER = datetime(2023, 9, 8, 9, 47)
# Somewhere in the north of Germany, west of the zone's middle, so that the two CRS are turned to each other.
_WEST, _NORTH = 392_000.0, 5_820_000.0
_BLOCK = 512
_ROWS_A_STRIP = 16
_SMALLEST_OVERVIEW = 128
_RGB = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)

Bands = NDArray[np.uint8]


def ground_of(scene: TwoDateScene) -> PixelGrid:
    """Where the scene lies: the pixels of its first date."""
    height, width = scene.event.shape
    pixel = scene.ground_sample_distance
    return PixelGrid(CRS_BEFORE, from_origin(_WEST, _NORTH, pixel, pixel), width, height)


def write_before(scene: TwoDateScene, path: Path) -> None:
    """Write the first date as it was drawn: RGB in tiles, in UTM.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    tiled = {"tiled": True, "blockxsize": _BLOCK, "blockysize": _BLOCK}
    _write(path, scene.before.transpose(2, 0, 1), ground_of(scene), TAKEN_BEFORE, tiled)


def write_after(scene: TwoDateScene, path: Path) -> None:
    """Write the second date in another CRS with larger pixels: RGB and alpha in strips.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    ground = ground_of(scene)
    transform, width, height = calculate_default_transform(
        CRS_BEFORE, CRS_AFTER, ground.width, ground.height, *ground.bounds, resolution=PIXEL_AFTER
    )
    grid = PixelGrid(CRS_AFTER, transform, width, height)
    _write(path, _on_grid(scene.after, ground, grid), grid, TAKEN_AFTER, {"blockysize": _ROWS_A_STRIP})


def _on_grid(image: NDArray[np.uint8], ground: PixelGrid, grid: PixelGrid) -> Bands:
    """(4, H, W) red, green, blue and alpha: 255 on drawn ground, 0 beside it."""
    bands = np.zeros((4, grid.height, grid.width), dtype=np.uint8)
    drawn = np.full(image.shape[:2], 255, dtype=np.uint8)
    for source, target, resampling in (
        (np.ascontiguousarray(image.transpose(2, 0, 1)), bands[:3], Resampling.cubic),
        (drawn, bands[3], Resampling.nearest),
    ):
        reproject(
            source, target, src_transform=ground.transform, src_crs=ground.crs, dst_transform=grid.transform,
            dst_crs=grid.crs, resampling=resampling, num_threads=2,
        )  # fmt: skip
    return bands


def _write(path: Path, bands: Bands, grid: PixelGrid, taken: datetime, layout: dict[str, Any]) -> None:
    settings: dict[str, Any] = {
        "driver": "GTiff", "dtype": "uint8", "count": len(bands), "height": grid.height, "width": grid.width,
        "crs": CRS.from_user_input(grid.crs), "transform": grid.transform, "interleave": "pixel",
        "compress": "deflate", "predictor": 2, "zlevel": 4, "num_threads": 2,
    }  # fmt: skip
    with written_whole(path) as unfinished:
        with rasterio.open(unfinished, "w", **settings, **layout) as dataset:
            dataset.colorinterp = (*_RGB, ColorInterp.alpha)[: len(bands)]
            dataset.update_tags(TIFFTAG_DATETIME=taken.strftime("%Y:%m:%d %H:%M:%S"))
            dataset.write(bands)
        with rasterio.open(unfinished, "r+") as dataset:
            dataset.build_overviews(_overviews(grid), Resampling.average)


def _overviews(grid: PixelGrid) -> list[int]:
    factors = [2**power for power in range(1, 8)]
    return [factor for factor in factors if max(grid.width, grid.height) / factor >= _SMALLEST_OVERVIEW]
