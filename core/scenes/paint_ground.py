"""Paints the flat ground: every patch's two colours, mixed by mottle, grain and the rows of crops."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.noise import Plane, layered_noise
from changeseek.core.scenes.recipes import NO_ROWS, PATTERNS, RecipeTable
from changeseek.core.scenes.textures import RowPattern

Picture = NDArray[np.float32]
"""(H, W, 3) float32 RGB, 0..1."""


class Relief(NamedTuple):
    """Irregularity of the ground, (H, W) each: what stays between dates and what each date adds."""

    mottle: Plane
    warp: Plane


def draw_relief(rng: np.random.Generator, frame: Frame) -> Relief:
    """The irregularity that lies in the ground itself."""
    step = frame.ground_sample_distance
    scales = [scale / step for scale in (42, 14, 5, 1.6)]
    mottle = layered_noise(rng, frame.shape, scales, (1.0, 0.9, 0.7, 0.5))
    warp = layered_noise(rng, frame.shape, [60 / step], [1.0])
    return Relief(mottle, warp)


def paint_ground(
    rng: np.random.Generator,
    frame: Frame,
    patch_ids: NDArray[np.int32],
    recipes: RecipeTable,
    relief: Relief,
) -> Picture:
    """The ground in flat light, without anything that stands on it."""
    step = frame.ground_sample_distance
    own = layered_noise(rng, frame.shape, (30 / step, 6 / step), (1.0, 0.8))
    mix = (relief.mottle * np.float32(0.75) + own * np.float32(0.5)) * recipes.mottle[patch_ids]
    mix += rng.standard_normal(frame.shape, dtype=np.float32) * recipes.grain[patch_ids]
    _add_rows(mix, frame, patch_ids, recipes, relief.warp)
    mix *= np.float32(0.5)
    mix += np.float32(0.5)
    np.clip(mix, -0.6, 1.6, out=mix)
    picture = np.take(recipes.second - recipes.first, patch_ids, axis=0)
    picture *= mix[..., None]
    picture += np.take(recipes.first, patch_ids, axis=0)
    picture *= (1 + np.float32(0.05) * mix)[..., None]
    return picture


def _add_rows(
    mix: Plane, frame: Frame, patch_ids: NDArray[np.int32], recipes: RecipeTable, warp: Plane
) -> None:
    flat_ids = patch_ids.ravel()
    at = np.flatnonzero((recipes.pattern != NO_ROWS)[flat_ids])
    if not len(at):
        return
    ids = flat_ids[at]
    step = np.float32(frame.ground_sample_distance)
    across_x, across_y = -np.sin(recipes.angle), np.cos(recipes.angle)
    rows, cols = np.divmod(at, frame.width)
    metres = (cols.astype(np.float32) * across_x[ids] + rows.astype(np.float32) * across_y[ids]) * step
    metres += np.float32(0.5) * warp.ravel()[at]
    waves = metres / recipes.row_metres[ids]
    # Rows finer than two and a half pixels would only alias.
    visible = np.clip((recipes.row_metres / step - 2.0) / 2.5, 0, 1).astype(np.float32)
    strength = (recipes.row_contrast * visible)[ids]
    patterns = recipes.pattern[ids]
    for code in np.unique(patterns):
        chosen = patterns == code
        mix.ravel()[at[chosen]] += strength[chosen] * _row_profile(PATTERNS[int(code)], waves[chosen])


def _row_profile(pattern: RowPattern, waves: Plane) -> NDArray[np.floating]:
    """-1..1 across the rows; one wave is one row."""
    match pattern:
        case "lines":
            return np.asarray(np.sin(np.float32(2 * np.pi) * waves))
        case "tramlines":
            place = (waves / np.float32(3.0)) % 1
            wheels = (np.abs(place - 0.42) < 0.045) | (np.abs(place - 0.58) < 0.045)
            drills = np.float32(0.45) * np.sin(np.float32(2 * np.pi) * waves)
            return np.where(wheels, np.float32(2.0), drills)
        case "swaths":
            return np.asarray(np.tanh(np.float32(3.0) * np.sin(np.float32(np.pi) * waves)))
        case "ridges":
            return np.asarray((waves % 1) * np.float32(2.4) - np.float32(1.2))
