"""The outlines that people and nature give to ground: rectangles, blobs, strips; all in metres."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import LineString, Polygon

BLOB_CORNERS = 56


def rectangles(
    x: ArrayLike, y: ArrayLike, length: ArrayLike, width: ArrayLike, angle: ArrayLike
) -> NDArray[np.object_]:
    """(N,) polygons: centres, sides along and across the angle (radians); arguments broadcast."""
    x, y, length, width, angle = np.broadcast_arrays(*map(np.atleast_1d, (x, y, length, width, angle)))
    along = np.stack([np.cos(angle), np.sin(angle)], axis=-1)[:, None] * (length / 2)[:, None, None]
    across = np.stack([-np.sin(angle), np.cos(angle)], axis=-1)[:, None] * (width / 2)[:, None, None]
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)], dtype=float)
    centres = np.stack([x, y], axis=-1)[:, None]
    corners = centres + signs[None, :, :1] * along + signs[None, :, 1:] * across
    return np.asarray(shapely.polygons(corners), dtype=object)


def rectangle(x: float, y: float, length: float, width: float, angle: float) -> Polygon:
    """One rectangle around its centre."""
    polygon = rectangles(x, y, length, width, angle)[0]
    assert isinstance(polygon, Polygon)
    return polygon


def blob(rng: np.random.Generator, x: float, y: float, radius: float, roughness: float = 0.25) -> Polygon:
    """A rounded irregular outline of about the given radius; roughness 0 is a circle."""
    turn = np.linspace(0, 2 * np.pi, BLOB_CORNERS, endpoint=False)
    reach = np.ones(BLOB_CORNERS)
    for waves in range(2, 7):
        size = roughness * rng.uniform(0.2, 1.0) / waves**0.7
        reach += size * np.sin(waves * turn + rng.uniform(0, 2 * np.pi))
    reach = radius * np.clip(reach, 0.35, 1.7)
    outline = Polygon(np.stack([x + reach * np.cos(turn), y + reach * np.sin(turn)], axis=-1))
    return outline


def wandering_line(
    rng: np.random.Generator, start: tuple[float, float], end: tuple[float, float], sway: float
) -> LineString:
    """A smooth line between two points that leaves the straight way by about `sway` of its length."""
    along = np.linspace(0, 1, 33)
    towards = np.subtract(end, start)
    across = np.array([-towards[1], towards[0]])
    aside = np.zeros_like(along)
    for waves in (1, 2, 3):
        aside += rng.normal(0, sway / waves) * np.sin(np.pi * waves * along)
    return LineString(np.asarray(start) + along[:, None] * towards + aside[:, None] * across)


def strip(line: LineString, width: float) -> Polygon:
    """A line widened to `width` metres, cut flat at its ends."""
    widened = line.buffer(width / 2, cap_style="flat", join_style="round")
    return widened if isinstance(widened, Polygon) else max(widened.geoms, key=lambda part: part.area)
