"""Paints a land as it looks at one date: ground, crowns and roofs, then light, then the camera."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.scenes.camera import take_picture
from changeseek.core.scenes.crowns import Canopy, stamp_canopy
from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.land import Land, Trees
from changeseek.core.scenes.light import shade
from changeseek.core.scenes.look import Look, Season
from changeseek.core.scenes.noise import Plane
from changeseek.core.scenes.paint_ground import Picture, Relief, paint_ground
from changeseek.core.scenes.recipes import tabulate
from changeseek.core.scenes.roofs import raise_roofs
from changeseek.core.scenes.textures import TextureBook

LEAFLESS_OPACITY = 0.6
ROOF_WEAR_SEED = 11
SHADE_TINT = np.array([1.0, 0.97, 0.86], dtype=np.float32)


def paint(frame: Frame, land: Land, relief: Relief, look: Look, book: TextureBook) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 RGB of a land at a date."""
    rng = np.random.default_rng(look.seed)
    recipes = tabulate(rng, land.patches, look, book)
    picture = paint_ground(rng, frame, land.patch_ids, recipes, relief)
    heights = np.zeros(frame.height * frame.width, dtype=np.float32)
    _paint_roofs(frame, land, book, picture, heights)
    _paint_crowns(rng, frame, land, look, book, picture, heights)
    light = shade(heights.reshape(frame.shape), frame, look)
    # Shadow is lit by the blue of the sky.
    for band in range(3):
        picture[..., band] *= light ** SHADE_TINT[band]
    return take_picture(rng, picture, look)


def _paint_roofs(frame: Frame, land: Land, book: TextureBook, picture: Picture, heights: Plane) -> None:
    roofs = raise_roofs(np.random.default_rng(ROOF_WEAR_SEED), frame, land.houses, book)
    picture.reshape(-1, 3)[roofs.pixels] = roofs.colours
    heights[roofs.pixels] = roofs.heights


def _paint_crowns(
    rng: np.random.Generator,
    frame: Frame,
    land: Land,
    look: Look,
    book: TextureBook,
    picture: Picture,
    heights: Plane,
) -> None:
    canopy = stamp_canopy(frame, land.trees, book)
    above = canopy.heights > heights[canopy.pixels]
    canopy = Canopy(canopy.pixels[above], canopy.trees[above], canopy.heights[above])
    tree_colours, tree_opacity = _tree_looks(rng, land.trees, look, book)
    opacity = tree_opacity[canopy.trees]
    speckle = rng.normal(1, 0.09, len(canopy.pixels)).astype(np.float32)
    opacity = np.clip(opacity * np.where(opacity < 1, speckle, 1), 0, 1)[:, None]
    leaves = tree_colours[canopy.trees] * speckle[:, None]
    flat = picture.reshape(-1, 3)
    flat[canopy.pixels] = leaves * opacity + flat[canopy.pixels] * (1 - opacity)
    heights[canopy.pixels] = canopy.heights * opacity[:, 0]


def _tree_looks(
    rng: np.random.Generator, trees: Trees, look: Look, book: TextureBook
) -> tuple[NDArray[np.float32], Plane]:
    """(T, 3) colour 0..1 and (T,) opacity of every tree at this date."""
    kinds = trees["crown"] % len(book.crowns)
    tones = np.array([crown.tones[look.season] for crown in book.crowns], dtype=np.float32)[kinds] / 255
    # A tree's place between the two colours follows its brightness, which stays with it over the years.
    place = np.clip(0.5 + 2.5 * (trees["brightness"] - 1), 0, 1)[:, None] + rng.normal(
        0, 0.12, (len(trees), 1)
    )
    colours = tones[:, 0] + (tones[:, 1] - tones[:, 0]) * place.astype(np.float32)
    colours *= np.asarray(trees["brightness"])[:, None]
    bare = np.array([crown.leafless and look.season == Season.WINTER for crown in book.crowns])[kinds]
    return colours.astype(np.float32), np.where(bare, LEAFLESS_OPACITY, 1.0).astype(np.float32)
