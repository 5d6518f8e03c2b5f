"""Trees: closed woods, young plantations in rows, hedges and single trees in meadows."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from changeseek.core.scenes.land import TREE, Trees, no_trees
from changeseek.core.scenes.textures import TextureBook


def grow_wood(rng: np.random.Generator, outline: Polygon, book: TextureBook) -> Trees:
    """A grown wood with a closed canopy: one ruling kind of tree, others among it."""
    ruling = int(rng.integers(len(book.crowns)))
    mixed = float(rng.choice((0.03, 0.15, 0.5)))
    low, high = book.crowns[ruling].radius_metres
    x, y = _lattice(rng, outline, spacing=(low + high) * 0.62, jitter=0.38, angle=rng.uniform(0, np.pi))
    count = len(x)
    kinds = np.where(rng.random(count) < mixed, rng.integers(len(book.crowns), size=count), ruling)
    spans = np.array([crown.radius_metres for crown in book.crowns])[kinds]
    radius = spans[:, 0] + (spans[:, 1] - spans[:, 0]) * rng.random(count) ** 1.3
    return _stand(rng, x, y, radius, radius * 1.1 + rng.uniform(7, 10, count), kinds)


def plant_young(rng: np.random.Generator, outline: Polygon, book: TextureBook) -> Trees:
    """A plantation of one kind in straight rows, the trees small and apart."""
    radius = float(rng.uniform(1.0, 1.9))
    x, y = _lattice(
        rng,
        outline,
        spacing=radius * rng.uniform(2.5, 3.2),
        jitter=0.05,
        angle=rng.uniform(0, np.pi),
        rows=1.15,
    )
    count = len(x)
    kinds = np.full(count, rng.integers(len(book.crowns)))
    radii = radius * rng.uniform(0.8, 1.15, count)
    return _stand(rng, x, y, radii, radii * rng.uniform(1.9, 2.6, count), kinds)


def scatter(rng: np.random.Generator, outline: Polygon, per_hectare: float) -> Trees:
    """Single trees and bushes, as in a meadow."""
    x_low, y_low, x_high, y_high = outline.bounds
    count = int(rng.poisson(per_hectare * (x_high - x_low) * (y_high - y_low) / 1e4))
    x, y = _kept(outline, rng.uniform(x_low, x_high, count), rng.uniform(y_low, y_high, count))
    radius = rng.gamma(4.0, 0.55, len(x)).clip(0.7, 5.0)
    return _stand(rng, x, y, radius, radius * 2.2, rng.integers(1 << 14, size=len(x)))


def plant_hedge(rng: np.random.Generator, outline: Polygon) -> Trees:
    """Trees and bushes along part of an outline."""
    ring = outline.exterior
    start, share = rng.uniform(0, 1), rng.uniform(0.1, 0.4)
    along = np.arange(start, start + share, rng.uniform(3, 7) / max(ring.length, 1.0)) % 1.0
    points = shapely.get_coordinates(shapely.line_interpolate_point(ring, along, normalized=True))
    points = points + rng.normal(0, 0.8, points.shape)
    radius = rng.uniform(1.0, 3.4, len(points))
    return _stand(
        rng, points[:, 0], points[:, 1], radius, radius * 2.0, rng.integers(1 << 14, size=len(points))
    )


def _lattice(
    rng: np.random.Generator,
    outline: Polygon,
    *,
    spacing: float,
    jitter: float,
    angle: float,
    rows: float = 1.0,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions within the outline on a turned grid, each moved by about `jitter` of the spacing."""
    middle = np.asarray(outline.centroid.coords[0])
    reach = float(np.hypot(*np.subtract(outline.bounds[2:], outline.bounds[:2]))) / 2 + spacing
    u, v = np.meshgrid(np.arange(-reach, reach, spacing), np.arange(-reach, reach, spacing * rows))
    u, v = (axis.ravel() + rng.uniform(-jitter, jitter, axis.size) * spacing for axis in (u, v))
    x = middle[0] + u * np.cos(angle) - v * np.sin(angle)
    y = middle[1] + u * np.sin(angle) + v * np.cos(angle)
    return _kept(outline, x, y)


def _kept(
    outline: Polygon, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    shapely.prepare(outline)
    inside = shapely.contains_xy(outline, x, y)
    return x[inside], y[inside]


def _stand(
    rng: np.random.Generator,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    radius: NDArray[np.float64],
    height: NDArray[np.float64],
    kinds: NDArray[np.int64],
) -> Trees:
    if not len(x):
        return no_trees()
    trees = np.zeros(len(x), dtype=TREE)
    trees["x"], trees["y"], trees["radius"], trees["height"] = x, y, radius, height
    trees["crown"], trees["brightness"] = kinds, rng.normal(1, 0.12, len(x))
    return trees
