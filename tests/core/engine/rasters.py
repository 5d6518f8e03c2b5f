"""Rasters that are quickly made."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import rasterio
from rasterio.transform import from_origin


class Rasters(NamedTuple):
    before: str
    after: str


def write_raster(
    path: Path,
    seed: int,
    size: int,
    gsd: float = 1.0,
    crs: str = "EPSG:32633",
    corner: tuple[float, float] = (500000.0, 5000000.0),
) -> str:
    """Coarse noise in three bands."""
    coarse = np.random.default_rng(seed).integers(0, 256, (3, size // 8, size // 8), dtype=np.uint8)
    pixels = coarse.repeat(8, axis=1).repeat(8, axis=2)
    where = from_origin(*corner, gsd, gsd)
    profile = {"driver": "GTiff", "count": 3, "dtype": "uint8", "crs": crs, "transform": where}
    with rasterio.open(path, "w", height=size, width=size, **profile) as dataset:
        dataset.write(pixels)
    return str(path)
