"""Built-up ground: streets, plots along them, a house, a drive and some trees on each plot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.land import HOUSE, TREE, Furnishing, Houses, Patch, Surface, Trees, new_style
from changeseek.core.scenes.shapes import rectangles

LEAST_BUILT = 0.07


@dataclass(frozen=True, slots=True)
class Manner:
    """How a quarter is built; all lengths in metres."""

    frontage: tuple[float, float]
    depth: tuple[float, float]
    length: tuple[float, float]
    width: tuple[float, float]
    eaves: tuple[float, float]
    setback: tuple[float, float]
    trees_per_plot: float


LEAFY = Manner((20, 28), (28, 38), (14, 20), (9, 13), (3.0, 5.0), (8, 12), 4.0)
DETACHED = Manner((17, 23), (22, 30), (10, 14.5), (8, 11), (3.0, 5.5), (5, 8), 1.6)
ROWS = Manner((8.5, 11), (20, 25), (8.6, 11.1), (9, 11), (4.5, 6.5), (4, 6), 0.6)
BLOCKS = Manner((38, 48), (28, 34), (28, 38), (11, 14), (9, 14), (6, 9), 2.5)


@dataclass(frozen=True, slots=True)
class Plots:
    """N plots: distance along and across the streets from the quarter's middle, and the street's side."""

    along: NDArray[np.float64]
    street: NDArray[np.float64]
    side: NDArray[np.float64]
    frontage: float
    depth: float
    street_width: float


def settle(rng: np.random.Generator, outline: Polygon, angle: float, *, young: bool = False) -> Furnishing:
    """Fill an outline with a quarter whose streets run at `angle`; `young` quarters have few trees."""
    manner = (DETACHED, LEAFY, ROWS, BLOCKS)[int(rng.choice(4, p=(0.5, 0.26, 0.15, 0.09)))]
    reach = float(np.hypot(*np.subtract(outline.bounds[2:], outline.bounds[:2]))) / 2 + 30
    plots = _lay_plots(rng, manner, reach)
    middle = np.asarray(outline.representative_point().coords[0])
    houses = _build(rng, manner, plots, middle, angle)
    kept = _inside(outline, houses)
    patches = [Patch(outline, Surface.GARDEN, Cover.HOUSES, angle, new_style(rng))]
    patches += _gardens(rng, plots, kept, middle, angle, outline)
    patches += _streets(rng, plots, reach, middle, angle, outline)
    patches += _drives(rng, plots, houses, kept, middle, angle)
    share = 0.25 if young else 1.0
    trees = _garden_trees(rng, plots, kept, middle, angle, manner.trees_per_plot * share, young)
    return Furnishing(patches, houses[kept], trees)


def _lay_plots(rng: np.random.Generator, manner: Manner, reach: float) -> Plots:
    frontage, depth = float(rng.uniform(*manner.frontage)), float(rng.uniform(*manner.depth))
    street_width = float(rng.uniform(4.5, 6.5))
    pitch = 2 * depth + street_width
    streets = np.arange(-reach, reach, pitch) + rng.uniform(0, pitch)
    along = np.arange(-reach, reach, frontage)
    grid = np.meshgrid(along, streets, (-1.0, 1.0), indexing="ij")
    along_all, street_all, side_all = (axis.ravel() for axis in grid)
    return Plots(along_all, street_all, side_all, frontage, depth, street_width)


def _turned(
    u: NDArray[np.float64], v: NDArray[np.float64], middle: NDArray[np.float64], angle: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    cosine, sine = np.cos(angle), np.sin(angle)
    return middle[0] + u * cosine - v * sine, middle[1] + u * sine + v * cosine


def _build(
    rng: np.random.Generator, manner: Manner, plots: Plots, middle: NDArray[np.float64], angle: float
) -> Houses:
    count = len(plots.along)
    houses = np.zeros(count, dtype=HOUSE)
    houses["length"], houses["width"] = rng.uniform(*manner.length, count), rng.uniform(*manner.width, count)
    gap = rng.uniform(*manner.setback) + rng.normal(0, 0.5, count)
    across = plots.street + plots.side * (plots.street_width / 2 + gap + houses["width"] / 2)
    houses["x"], houses["y"] = _turned(plots.along + rng.normal(0, 0.7, count), across, middle, angle)
    quarter_turn = np.where(rng.random(count) < (0.3 if manner is DETACHED else 0.0), np.pi / 2, 0.0)
    houses["angle"] = angle + quarter_turn + rng.normal(0, 0.02, count)
    houses["eaves"] = rng.uniform(*manner.eaves, count)
    fashions = rng.integers(1 << 14, size=3)
    own = rng.integers(1 << 14, size=(2, count))
    houses["roof"] = np.where(rng.random(count) < 0.75, rng.choice(fashions, count), own[0])
    houses["shape"] = np.where(rng.random(count) < 0.7, fashions[0], own[1])
    if manner is BLOCKS:
        houses["shape"] = -1
    houses["brightness"] = rng.normal(1, 0.09, count)
    return houses


def _inside(outline: Polygon, houses: Houses) -> NDArray[np.bool_]:
    footprints = house_footprints(houses)
    shapely.prepare(outline)
    return np.asarray(shapely.contains(outline, footprints), dtype=bool)


def built_share(houses: Houses, square_metres: float) -> float:
    """Share of an area that the houses cover; where it is small, nobody would call it built-up."""
    return float((houses["length"] * houses["width"]).sum()) / max(square_metres, 1.0)


def house_footprints(houses: Houses) -> NDArray[np.object_]:
    """(B,) polygons in metres."""
    return rectangles(houses["x"], houses["y"], houses["length"], houses["width"], houses["angle"])


def _gardens(
    rng: np.random.Generator,
    plots: Plots,
    kept: NDArray[np.bool_],
    middle: NDArray[np.float64],
    angle: float,
    outline: Polygon,
) -> list[Patch]:
    across = plots.street + plots.side * (plots.street_width + plots.depth) / 2
    x, y = _turned(plots.along, across, middle, angle)
    areas = rectangles(x[kept], y[kept], plots.frontage - 0.5, plots.depth - 0.5, angle)
    clipped = shapely.intersection(areas, outline)
    return [Patch(area, Surface.GARDEN, Cover.HOUSES, angle, new_style(rng)) for area in clipped]


def _streets(
    rng: np.random.Generator,
    plots: Plots,
    reach: float,
    middle: NDArray[np.float64],
    angle: float,
    outline: Polygon,
) -> list[Patch]:
    style = new_style(rng)
    lines = np.unique(plots.street)
    x, y = _turned(np.zeros_like(lines), lines, middle, angle)
    areas = list(rectangles(x, y, 2 * reach, plots.street_width, angle))
    crossings = np.arange(-reach, reach, rng.uniform(90, 160)) + rng.uniform(0, 90)
    x, y = _turned(crossings, np.zeros_like(crossings), middle, angle)
    areas += list(rectangles(x, y, plots.street_width, 2 * reach, angle))
    clipped = shapely.intersection(np.asarray(areas, dtype=object), outline)
    return [Patch(area, Surface.ASPHALT, Cover.HOUSES, angle, style) for area in clipped if not area.is_empty]


def _drives(
    rng: np.random.Generator,
    plots: Plots,
    houses: Houses,
    kept: NDArray[np.bool_],
    middle: NDArray[np.float64],
    angle: float,
) -> list[Patch]:
    length = np.abs(
        (houses["y"] - middle[1]) * np.cos(angle) - (houses["x"] - middle[0]) * np.sin(angle) - plots.street
    )
    aside = plots.along + plots.frontage * 0.36
    x, y = _turned(aside, plots.street + plots.side * length / 2, middle, angle)
    areas = rectangles(x[kept], y[kept], 3.2, length[kept], angle)
    return [Patch(area, Surface.PAVING, Cover.HOUSES, angle, new_style(rng)) for area in areas]


def _garden_trees(
    rng: np.random.Generator,
    plots: Plots,
    kept: NDArray[np.bool_],
    middle: NDArray[np.float64],
    angle: float,
    per_plot: float,
    young: bool,
) -> Trees:
    owners = np.repeat(np.flatnonzero(kept), rng.poisson(per_plot, int(kept.sum())))
    count = len(owners)
    along = plots.along[owners] + rng.uniform(-0.45, 0.45, count) * plots.frontage
    back = plots.street_width / 2 + plots.depth * rng.uniform(0.72, 0.97, count)
    trees = np.zeros(count, dtype=TREE)
    trees["x"], trees["y"] = _turned(along, plots.street[owners] + plots.side[owners] * back, middle, angle)
    trees["radius"] = rng.uniform(0.8, 1.4, count) if young else rng.uniform(1.2, 3.4, count)
    trees["height"] = trees["radius"] * rng.uniform(1.8, 2.6, count)
    trees["crown"], trees["brightness"] = rng.integers(1 << 14, size=count), rng.normal(1, 0.1, count)
    return trees
