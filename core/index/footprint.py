"""Where a grid lies in longitude and latitude, as GeoJSON wants it at the antimeridian and at the poles."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import shapely

from changeseek.core.index.manifest import GridRecord
from changeseek.core.raster.crs import carry_points

# Points an edge by which the way round the outline is followed: two of them are less than half a turn apart.
_STEPS = 16
_DIGITS = 9
Ring = list[tuple[float, float]]


class Footprint(NamedTuple):
    """Outline and box of a grid.

    Attributes:
        geometry: GeoJSON polygon, or multipolygon where the antimeridian cuts the grid.
        bbox: West, south, east, north in degrees; west is larger than east where the antimeridian is crossed.
    """

    geometry: dict[str, Any]
    bbox: list[float]


def footprint(grid: GridRecord) -> Footprint:
    """The footprint of a grid, RFC 7946; counter-clockwise for north-up grids."""
    outline = _outline(grid)
    if not np.isfinite(outline).all():
        return _around(outline)
    outline = _unwrapped(outline)
    turn = outline[-1][0] - outline[0][0]
    if abs(turn) > 180.0:
        return _around_pole(outline)
    corners = [(round(lon, _DIGITS), round(lat, _DIGITS)) for lon, lat in outline[::_STEPS]]
    if all(-180.0 <= longitude <= 180.0 for longitude, _ in corners):
        longitudes, latitudes = zip(*corners, strict=True)
        box = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
        return Footprint({"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}, box)
    return _across_antimeridian(corners)


def _outline(grid: GridRecord) -> Ring:
    """Longitudes and latitudes along the four edges, the first point again at the end; NaN off the Earth."""
    corners = np.array([(0, 0), (0, grid.height), (grid.width, grid.height), (grid.width, 0), (0, 0)], float)
    share = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    edges = [one + (other - one) * share for one, other in pairwise(corners)]
    points = np.concatenate([*edges, corners[-1:]])
    a, b, c, d, e, f = grid.transform
    xs, ys = a * points[:, 0] + b * points[:, 1] + c, d * points[:, 0] + e * points[:, 1] + f
    longitudes, latitudes = (values.tolist() for values in carry_points(grid.crs, "EPSG:4326", xs, ys))
    return list(zip(longitudes, latitudes, strict=True))


def _unwrapped(outline: Ring) -> Ring:
    """The same points with longitudes that run on where they would jump by a whole turn."""
    longitudes = [outline[0][0]]
    for longitude, _ in outline[1:]:
        step = longitude - longitudes[-1]
        longitudes.append(longitudes[-1] + (math.remainder(step, 360.0) if abs(step) > 180.0 else step))
    return [(longitude, latitude) for longitude, (_, latitude) in zip(longitudes, outline, strict=True)]


def _around(outline: Ring) -> Footprint:
    """The box around the points that lie on Earth, for a grid of which others do not."""
    on_earth = [point for point in outline if np.isfinite(point).all()] or [(-180.0, -90.0), (180.0, 90.0)]
    longitudes, latitudes = zip(*on_earth, strict=True)
    sides = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    box = [round(side, _DIGITS) for side in sides]
    return Footprint(shapely.geometry.mapping(shapely.box(*box)), box)


def _around_pole(outline: Ring) -> Footprint:
    latitudes = [latitude for _, latitude in outline]
    south, north = (min(latitudes), 90.0) if sum(latitudes) > 0 else (-90.0, max(latitudes))
    south, north = round(south, _DIGITS), round(north, _DIGITS)
    box = shapely.box(-180.0, south, 180.0, north, ccw=True)
    return Footprint(shapely.geometry.mapping(box), [-180.0, south, 180.0, north])


def _across_antimeridian(corners: Ring) -> Footprint:
    polygon = shapely.Polygon(corners)
    pieces = []
    for turns in (-1, 0, 1):
        strip = shapely.box(-180.0 + 360.0 * turns, -90.0, 180.0 + 360.0 * turns, 90.0)
        met = polygon.intersection(strip)
        if met.area > 0:
            pieces.append(shapely.affinity.translate(met, xoff=-360.0 * turns))
    west = min(longitude for longitude, _ in corners)
    east = max(longitude for longitude, _ in corners)
    south, north = min(latitude for _, latitude in corners), max(latitude for _, latitude in corners)
    shape = shapely.MultiPolygon([shapely.geometry.polygon.orient(piece) for piece in pieces])
    return Footprint(shapely.geometry.mapping(shape), [_wrapped(west), south, _wrapped(east), north])


def _wrapped(longitude: float) -> float:
    return round(math.remainder(longitude, 360.0), _DIGITS)
