"""The ground before anything happened: districts, parcels, woods, lakes, a river, roads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.furnishing import furnish, lay_road
from changeseek.core.scenes.land import Furnishing, Patch, Surface, new_style, no_houses, no_trees
from changeseek.core.scenes.shapes import blob, rectangles, strip, wandering_line
from changeseek.core.scenes.textures import TextureBook

DISTRICT_METRES = 290.0
BEYOND = 15.0

# Shares of forest, field, grass, water, bare, houses among the parcels of a kind of district.
DISTRICTS: tuple[tuple[float, tuple[float, ...]], ...] = (
    (0.36, (0.08, 0.70, 0.14, 0.0, 0.04, 0.04)),
    (0.22, (0.78, 0.06, 0.10, 0.0, 0.06, 0.0)),
    (0.24, (0.05, 0.06, 0.13, 0.0, 0.06, 0.70)),
    (0.18, (0.12, 0.16, 0.58, 0.0, 0.12, 0.02)),
)


class Reserved(NamedTuple):
    """A place whose cover is given, so that an event can happen there."""

    outline: Polygon
    cover: Cover
    angle: float


def lay_out(
    rng: np.random.Generator, frame: Frame, book: TextureBook, reserved: Sequence[Reserved] = ()
) -> list[Furnishing]:
    """Everything on the ground, later over earlier."""
    districts = _districts(rng, frame)
    placed = [piece for district in districts for piece in _fill_district(rng, district, book)]
    placed += _copses_and_lakes(rng, frame, book)
    placed += _river(rng, frame)
    placed += [furnish(rng, place.outline, place.cover, place.angle, book) for place in reserved]
    return placed + _roads(rng, frame, districts)


def _districts(rng: np.random.Generator, frame: Frame) -> list[Polygon]:
    size = min(DISTRICT_METRES, min(frame.metres_wide, frame.metres_high) / 2.4)
    columns, rows = (max(2, round(extent / size)) for extent in (frame.metres_wide, frame.metres_high))
    u, v = np.meshgrid(np.arange(-1, columns + 1), np.arange(-1, rows + 1))
    points = np.stack([u.ravel(), v.ravel()], axis=-1) + rng.uniform(0.12, 0.88, (u.size, 2))
    points *= (frame.metres_wide / columns, frame.metres_high / rows)
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=frame.outline.buffer(2 * size))
    return _polygons(
        shapely.intersection(np.asarray(cells.geoms, dtype=object), frame.outline.buffer(BEYOND))
    )


def _polygons(geometries: Iterable[BaseGeometry]) -> list[Polygon]:
    parts = shapely.get_parts(np.asarray(list(geometries), dtype=object))
    return [part for part in parts if isinstance(part, Polygon) and part.area > 40]


def _fill_district(rng: np.random.Generator, district: Polygon, book: TextureBook) -> list[Furnishing]:
    weights, shares = zip(*DISTRICTS, strict=True)
    mix = np.asarray(shares[int(rng.choice(len(weights), p=weights))])
    angle = float(rng.uniform(0, np.pi))
    placed = []
    for parcel in _parcels(rng, district, angle):
        cover = Cover(int(rng.choice(len(mix), p=mix)))
        turn = np.pi / 2 if rng.random() < 0.3 else 0.0
        placed.append(furnish(rng, parcel, cover, angle + turn, book))
    return placed


def _parcels(rng: np.random.Generator, district: Polygon, angle: float) -> list[Polygon]:
    middle = np.asarray(district.centroid.coords[0])
    reach = float(np.hypot(*np.subtract(district.bounds[2:], district.bounds[:2]))) / 2
    narrow, long = rng.uniform(55, 130), rng.uniform(110, 240)
    x, y, lengths, widths = [], [], [], []
    for across in np.arange(-reach, reach, narrow):
        for along in np.arange(-reach - rng.uniform(0, long), reach, long):
            x.append(middle[0] + along * np.cos(angle) - across * np.sin(angle))
            y.append(middle[1] + along * np.sin(angle) + across * np.cos(angle))
            lengths.append(long + 0.2)
            widths.append(narrow + 0.2)
    return _polygons(shapely.intersection(rectangles(x, y, lengths, widths, angle), district))


def _copses_and_lakes(rng: np.random.Generator, frame: Frame, book: TextureBook) -> list[Furnishing]:
    hectares = frame.metres_wide * frame.metres_high / 1e4
    largest = min(frame.metres_wide, frame.metres_high) / 5
    placed = []
    for cover, per_hectare, low, high in ((Cover.FOREST, 0.05, 15, 70), (Cover.WATER, 0.045, 18, 95)):
        for _ in range(int(rng.poisson(per_hectare * hectares))):
            x, y = rng.uniform(0, frame.metres_wide), rng.uniform(0, frame.metres_high)
            outline = blob(rng, x, y, min(largest, float(rng.uniform(low, high))), 0.35)
            placed.append(furnish(rng, outline, cover, 0.0, book))
    return placed


def _river(rng: np.random.Generator, frame: Frame) -> list[Furnishing]:
    if rng.random() > 0.4:
        return []
    line = _crossing(rng, frame, bool(rng.random() < 0.5), sway=0.09)
    width = float(rng.uniform(6, 26))
    style = new_style(rng)
    patches = [
        Patch(strip(line, width + 8), Surface.MEADOW, Cover.GRASS, 0.0, style),
        Patch(strip(line, width + 2), Surface.SHORE, Cover.WATER, 0.0, style),
        Patch(strip(line, width), Surface.WATER, Cover.WATER, 0.0, style),
    ]
    return [Furnishing(patches, no_houses(), no_trees())]


def _crossing(rng: np.random.Generator, frame: Frame, upright: bool, sway: float) -> LineString:
    """A line from one border to the opposite one."""
    wide, high = frame.metres_wide, frame.metres_high
    here, there = rng.uniform(0.08, 0.92, 2)
    if not upright:
        return wandering_line(rng, (-20, here * high), (wide + 20, there * high), sway)
    return wandering_line(rng, (here * wide, -20), (there * wide, high + 20), sway)


def _roads(rng: np.random.Generator, frame: Frame, districts: Sequence[Polygon]) -> list[Furnishing]:
    placed = []
    for district in districts:
        if rng.random() < 0.3:
            corners = np.asarray(district.exterior.coords)
            start = int(rng.integers(len(corners) - 2))
            lane = LineString(corners[start : start + int(rng.integers(3, 6))])
            placed.append(lay_road(rng, lane, strip(lane, 7.0), 4.0))
    upright = bool(rng.random() < 0.5)
    for _ in range(1 + int(rng.poisson(max(frame.metres_wide, frame.metres_high) / 1200))):
        upright = not upright
        carriageway = float(rng.choice((6.0, 7.5, 9.0, 14.0), p=(0.4, 0.3, 0.2, 0.1)))
        line = _crossing(rng, frame, upright, sway=0.04)
        placed.append(lay_road(rng, line, strip(line, carriageway + rng.uniform(3, 7)), carriageway))
    return placed
