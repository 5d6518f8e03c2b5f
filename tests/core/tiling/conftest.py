"""Pairs of small rasters that are hard to read in different ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

WriteRaster = Callable[..., Path]


def smooth_noise(seed: int, height: int, width: int) -> NDArray[np.uint8]:
    """Colours (3, H, W) that change over some ten pixels and use the whole range."""
    phases = np.random.default_rng(seed).uniform(0, 6, (3, 2, 1, 1))
    rows, cols = np.mgrid[0:height, 0:width] / 8.0
    waves = np.sin(rows + phases[:, 0]) + np.sin(cols * 1.3 + phases[:, 1])
    return np.asarray(np.rint(127.5 + 63 * waves), dtype=np.uint8)


@pytest.fixture
def write_raster(tmp_path: Path) -> WriteRaster:
    """Write (bands, H, W) values north-up; options go to the driver."""

    def write(
        name: str,
        values: NDArray[Any],
        *,
        crs: str = "EPSG:32615",
        corner: tuple[float, float] = (400000.0, 4100000.0),
        pixel: float = 1.0,
        **profile: Any,
    ) -> Path:
        place = Affine(pixel, 0.0, corner[0], 0.0, -pixel, corner[1])
        count, height, width = values.shape
        with rasterio.open(
            tmp_path / name,
            "w",
            driver="GTiff",
            dtype=values.dtype,
            crs=crs,
            transform=place,
            count=count,
            height=height,
            width=width,
            **profile,
        ) as dataset:
            dataset.write(values)
        return tmp_path / name

    return write


@pytest.fixture
def noise() -> Callable[[int, int, int], NDArray[np.uint8]]:
    return smooth_noise
