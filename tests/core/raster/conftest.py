"""Small rasters, written for the test that reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import ColorInterp

WriteRaster = Callable[..., Path]
UTM_CORNER = (400000.0, 4100000.0)


@pytest.fixture
def write_raster(tmp_path: Path) -> WriteRaster:
    """Write (bands, H, W) values; north-up pixels from `corner` unless `transform` is given."""

    def write(
        name: str,
        values: NDArray[Any],
        *,
        crs: str | None = "EPSG:32615",
        corner: tuple[float, float] = UTM_CORNER,
        pixel: float = 1.0,
        transform: Affine | None = None,
        colours: Sequence[ColorInterp] | None = None,
        descriptions: Sequence[str] | None = None,
        palette: dict[int, tuple[int, int, int, int]] | None = None,
        mask: NDArray[np.bool_] | None = None,
        tags: dict[str, str] | None = None,
        **profile: Any,
    ) -> Path:
        path = tmp_path / name
        place = transform or Affine(pixel, 0.0, corner[0], 0.0, -pixel, corner[1])
        shape = dict(zip(("count", "height", "width"), values.shape, strict=True))
        options = {
            "driver": "GTiff",
            "dtype": values.dtype,
            "crs": crs,
            "transform": place,
            **shape,
            **profile,
        }
        with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "w", **options) as dataset:
            dataset.write(values)
            dataset.update_tags(**(tags or {}))
            if colours:
                dataset.colorinterp = colours
            if palette:
                dataset.write_colormap(1, palette)
            if mask is not None:
                dataset.write_mask(mask)
            for band, description in enumerate(descriptions or (), start=1):
                dataset.set_band_description(band, description)
        return path

    return write


@pytest.fixture
def landscape() -> Callable[[int, int], NDArray[np.uint8]]:
    """Smooth hills of colour (3, H, W) that use the whole range."""

    def make(height: int, width: int) -> NDArray[np.uint8]:
        rows, cols = np.mgrid[0:height, 0:width] / 9.0
        waves = np.stack([np.sin(rows + phase) + np.cos(cols * (1 + phase / 5)) for phase in range(3)])
        return np.rint(127.5 + 63.5 * waves).clip(0, 255).astype(np.uint8)

    return make
