"""Metres on the ground: what a pixel of any coordinate reference system measures at a place."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from rasterio.crs import CRS

from changeseek.core.raster.crs import carry_points

# A projection whose scale is true to 1 % is taken at its word, so that 10 m in UTM is 10 units exactly.
_TRUE_SCALE = 0.01
_POLAR = 89.0
_WGS84_RADIUS = 6378137.0
_WGS84_ECCENTRICITY = 0.00669437999014


class GroundScale(NamedTuple):
    """Metres on the ground for one unit of a CRS, along x and along y."""

    x: float
    y: float


def ground_scale(crs: str, x: float, y: float, step: float) -> GroundScale:
    """Metres per CRS unit at (x, y).

    Args:
        crs: Authority code or WKT.
        x: Easting or longitude, CRS units.
        y: Northing or latitude, CRS units.
        step: Distance over which the scale is measured, CRS units; a pixel is a good one.
    """
    parsed = CRS.from_user_input(crs)
    nominal = float(parsed.linear_units_factor[1]) if parsed.is_projected else None
    true = _measured_scale(crs, x, y, step)
    if true is None:
        return GroundScale(nominal or 1.0, nominal or 1.0)
    if nominal is not None and all(abs(scale / nominal - 1) < _TRUE_SCALE for scale in true):
        return GroundScale(nominal, nominal)
    return true


def _measured_scale(crs: str, x: float, y: float, step: float) -> GroundScale | None:
    xs, ys = np.array([x - step, x + step, x, x]), np.array([y, y, y - step, y + step])
    longitudes, latitudes = (values.tolist() for values in carry_points(crs, "EPSG:4326", xs, ys))
    east = _distance(longitudes[0], latitudes[0], longitudes[1], latitudes[1])
    north = _distance(longitudes[2], latitudes[2], longitudes[3], latitudes[3])
    if not (0 < east < math.inf and 0 < north < math.inf):
        return None
    return GroundScale(east / (2 * step), north / (2 * step))


def _distance(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    """Metres between two neighbouring points, from the ellipsoid's radii of curvature."""
    middle = math.radians((latitude + other_latitude) / 2)
    flattened = 1 - _WGS84_ECCENTRICITY * math.sin(middle) ** 2
    east_radius = _WGS84_RADIUS / math.sqrt(flattened) * math.cos(middle)
    north_radius = _WGS84_RADIUS * (1 - _WGS84_ECCENTRICITY) / flattened**1.5
    turn = math.remainder(other_longitude - longitude, 360.0)
    if min(abs(latitude), abs(other_latitude)) > _POLAR and abs(turn) > 1.0:
        # Neighbours on either side of a pole: the way over it, not round it.
        one, other = (
            north_radius * math.radians(90.0 - abs(degrees)) for degrees in (latitude, other_latitude)
        )
        return math.sqrt(one**2 + other**2 - 2 * one * other * math.cos(math.radians(turn)))
    return math.hypot(
        math.radians(turn) * east_radius, math.radians(other_latitude - latitude) * north_radius
    )
