"""What a cover is made of: turns 'forest, here' into a floor and trees, 'houses, here' into a quarter."""

from __future__ import annotations

import numpy as np
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.land import Furnishing, Patch, Surface, new_style, no_houses, no_trees
from changeseek.core.scenes.planting import grow_wood, plant_hedge, plant_young, scatter
from changeseek.core.scenes.settlement import LEAST_BUILT, built_share, settle
from changeseek.core.scenes.shapes import strip
from changeseek.core.scenes.textures import TextureBook


def furnish(
    rng: np.random.Generator,
    outline: Polygon,
    cover: Cover,
    angle: float,
    book: TextureBook,
    *,
    young: bool = False,
) -> Furnishing:
    """Fill an outline with a cover; `young` is what has just come: small trees in rows, bare gardens.

    Where no house finds room, houses become grass.
    """
    match cover:
        case Cover.HOUSES:
            quarter = settle(rng, outline, angle, young=young)
            if built_share(quarter.houses, outline.area) >= LEAST_BUILT:
                return quarter
            return furnish(rng, outline, Cover.GRASS, angle, book, young=young)
        case Cover.FOREST:
            return _wood(rng, outline, book, young)
        case Cover.WATER:
            return _lake(rng, outline)
        case Cover.GRASS:
            trees = no_trees() if young else scatter(rng, outline, float(rng.choice((0.0, 2.0, 9.0))))
            return _plain(rng, outline, Surface.MEADOW, cover, angle)._replace(trees=trees)
        case Cover.FIELD:
            return _field(rng, outline, angle)
        case Cover.BARE:
            return _plain(rng, outline, Surface.SOIL, cover, angle)
        case Cover.ROAD:
            return _plain(rng, outline, Surface.ASPHALT, cover, angle)


def lay_road(
    rng: np.random.Generator, line: LineString, corridor: Polygon, carriageway: float, *, new: bool = False
) -> Furnishing:
    """A road along a line: verge (raw soil where it is new) over its corridor, asphalt, a middle line."""
    verge = Surface.SOIL if new and rng.random() < 0.7 else Surface.MEADOW
    style = new_style(rng)
    parts: list[tuple[BaseGeometry, Surface]] = [
        (corridor, verge),
        (strip(line, carriageway), Surface.ASPHALT),
    ]
    if carriageway > 11:
        parts.append((strip(line, 1.6), verge))
    elif carriageway > 5:
        parts.append((strip(line, 0.6), Surface.MARKING))
    patches = [Patch(outline, surface, Cover.ROAD, 0.0, style) for outline, surface in parts]
    return Furnishing(patches, no_houses(), no_trees())


def _plain(
    rng: np.random.Generator, outline: Polygon, surface: Surface, cover: Cover, angle: float
) -> Furnishing:
    return Furnishing([Patch(outline, surface, cover, angle, new_style(rng))], no_houses(), no_trees())


def _field(rng: np.random.Generator, outline: Polygon, angle: float) -> Furnishing:
    """A crop with a grassy balk around it, which belongs to the field, and sometimes a hedge."""
    balk = Patch(outline, Surface.MEADOW, Cover.FIELD, angle, new_style(rng))
    crop = Patch(outline.buffer(-rng.uniform(0.6, 1.6)), Surface.CROP, Cover.FIELD, angle, new_style(rng))
    hedge = plant_hedge(rng, outline) if rng.random() < 0.45 else no_trees()
    return Furnishing([balk, crop] if not crop.outline.is_empty else [balk], no_houses(), hedge)


def _wood(rng: np.random.Generator, outline: Polygon, book: TextureBook, young: bool) -> Furnishing:
    if not young:
        floor = _plain(rng, outline, Surface.FOREST_FLOOR, Cover.FOREST, 0.0)
        return floor._replace(trees=grow_wood(rng, outline, book))
    surface = Surface.MEADOW if rng.random() < 0.6 else Surface.SOIL
    return _plain(rng, outline, surface, Cover.FOREST, 0.0)._replace(trees=plant_young(rng, outline, book))


def _lake(rng: np.random.Generator, outline: Polygon) -> Furnishing:
    style = new_style(rng)
    patches = [Patch(outline, Surface.SHORE, Cover.WATER, 0.0, style)]
    inner = outline.buffer(-rng.uniform(1.0, 3.5))
    if not inner.is_empty:
        patches.append(Patch(inner, Surface.WATER, Cover.WATER, 0.0, style))
    return Furnishing(patches, no_houses(), no_trees())
