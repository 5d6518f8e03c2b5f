"""Small rasters of made-up ground, written to disk on one grid."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray

CRS = "EPSG:32633"
TRANSFORM = Affine(10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0)


def write_raster(
    path: Path, bands: NDArray[np.uint8], transform: Affine = TRANSFORM, nodata: int | None = None
) -> Path:
    """Write bands (B, H, W)."""
    count, height, width = bands.shape
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=count,
        height=height,
        width=width,
        dtype="uint8",
        crs=CRS,
        transform=transform,
        photometric="MINISBLACK",
        nodata=nodata,
    ) as dataset:
        dataset.write(bands)
    return path


def textured(colour: tuple[int, ...], size: tuple[int, int] = (96, 96), seed: int = 0) -> NDArray[np.uint8]:
    """(B, H, W) ground of one colour with a little noise."""
    noise = np.random.default_rng(seed).normal(0, 6, (len(colour), *size))
    return np.clip(np.array(colour)[:, None, None] + noise, 1, 254).astype(np.uint8)
