"""Compares coordinate reference systems and carries points from one to another."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from affine import Affine
from numpy.typing import NDArray

# GDAL's own errors have no public name in rasterio, and are no RasterioError.
from rasterio._err import CPLE_BaseError
from rasterio.crs import CRS
from rasterio.errors import CRSError, RasterioError
from rasterio.warp import transform

Floats = NDArray[np.float64]
_POLE = 90.0
PROJECTION_ERRORS = (CPLE_BaseError, CRSError, RasterioError)


@lru_cache(maxsize=64)
def same_crs(one: str, other: str) -> bool:
    """Whether two authority codes or WKTs, which two files may spell differently, mean the same system."""
    return one == other or bool(CRS.from_user_input(one) == CRS.from_user_input(other))


def lies_on_earth(crs: str, transform: Affine, width: int, height: int) -> bool:
    """Whether any of nine points spread over a raster has a longitude and a latitude.

    None has in the system of a drawing or a machine hall, or where the position is that of another system.
    """
    cols, rows = np.meshgrid(np.linspace(0, width, 3), np.linspace(0, height, 3))
    places = [transform @ place for place in zip(cols.ravel().tolist(), rows.ravel().tolist(), strict=True)]
    xs, ys = np.array(places).T
    longitudes, latitudes = carry_points(crs, "EPSG:4326", xs, ys)
    return bool(np.any(np.isfinite(longitudes) & (np.abs(latitudes) <= _POLE)))


def carry_points(source: str, target: str, xs: Floats, ys: Floats) -> tuple[Floats, Floats]:
    """Points (N,) of one CRS in another; NaN where that CRS ends.

    GDAL refuses all points when it cannot carry one: halving finds the ones that it can.
    """
    try:
        carried = np.asarray(transform(source, target, xs, ys), dtype=np.float64)
    except PROJECTION_ERRORS:
        return _carry_halves(source, target, xs, ys)
    carried[:, ~np.isfinite(carried).all(axis=0)] = np.nan
    return carried[0], carried[1]


def _carry_halves(source: str, target: str, xs: Floats, ys: Floats) -> tuple[Floats, Floats]:
    if xs.size <= 1:
        return np.full(xs.shape, np.nan), np.full(ys.shape, np.nan)
    middle = xs.size // 2
    first = carry_points(source, target, xs[:middle], ys[:middle])
    second = carry_points(source, target, xs[middle:], ys[middle:])
    return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])
