"""Which colours and patterns a patch shows at a date: its style picks the recipe, the season the tone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.scenes.land import Patch, Surface
from changeseek.core.scenes.look import Look
from changeseek.core.scenes.noise import Plane
from changeseek.core.scenes.textures import Crop, RowPattern, TextureBook, Tone, tone

NO_ROWS = -1
PATTERNS: tuple[RowPattern, ...] = ("lines", "tramlines", "swaths", "ridges")
WHITE = tone((214, 214, 210), (196, 196, 192))


class Recipe(NamedTuple):
    """One patch at one date; amplitudes are shares of the way between the tone's two colours."""

    tone: Tone
    mottle: float
    grain: float
    pattern: int = NO_ROWS
    row_metres: float = 1.0
    row_contrast: float = 0.0


class RecipeTable(NamedTuple):
    """Recipes of N patches as columns; colours are 0..1."""

    first: NDArray[np.float32]
    second: NDArray[np.float32]
    mottle: Plane
    grain: Plane
    pattern: NDArray[np.int8]
    row_metres: Plane
    row_contrast: Plane
    angle: Plane


def tabulate(
    rng: np.random.Generator, patches: Sequence[Patch], look: Look, book: TextureBook
) -> RecipeTable:
    """Recipes of all patches at a date, in the order of the patches."""
    chances = rng.random((len(patches), 2))
    recipes = [
        _recipe(patch, look, book, chance) for patch, chance in zip(patches, chances.tolist(), strict=True)
    ]
    tones = np.array([recipe.tone for recipe in recipes], dtype=np.float32) / 255
    # Mostly lighter or darker, hardly of another hue.
    tones *= rng.normal(1, 0.045, (len(recipes), 1, 1)).astype(np.float32)
    tones *= rng.normal(1, 0.012, (len(recipes), 1, 3)).astype(np.float32)
    numbers = np.array([recipe[1:] for recipe in recipes], dtype=np.float32)
    return RecipeTable(
        tones[:, 0].astype(np.float32),
        tones[:, 1].astype(np.float32),
        numbers[:, 0],
        numbers[:, 1],
        numbers[:, 2].astype(np.int8),
        numbers[:, 3],
        numbers[:, 4],
        np.array([patch.angle for patch in patches], dtype=np.float32),
    )


def _recipe(patch: Patch, look: Look, book: TextureBook, chance: Sequence[float]) -> Recipe:
    style = patch.style
    match patch.surface:
        case Surface.CROP:
            return _crop(book.crops[style % len(book.crops)], chance)
        case Surface.MEADOW:
            return Recipe(book.meadows[style % len(book.meadows)][look.season], 0.75, 0.22)
        case Surface.GARDEN:
            meadow = book.meadows[style % len(book.meadows)][look.season]
            worn = style // 7 % 5 == 0
            return Recipe(book.pavings[style % len(book.pavings)] if worn else meadow, 0.5, 0.3)
        case Surface.FOREST_FLOOR:
            return Recipe(book.forest_floors[style % len(book.forest_floors)][look.season], 0.8, 0.3)
        case Surface.WATER:
            return Recipe(_water(book, style, chance), 0.32, 0.05)
        case Surface.SHORE:
            return Recipe(book.soils[style % len(book.soils)], 0.6, 0.3)
        case Surface.SOIL:
            return Recipe(book.soils[style % len(book.soils)], 1.15, 0.5)
        case Surface.PAVING:
            return Recipe(book.pavings[style % len(book.pavings)], 0.4, 0.3)
        case Surface.ASPHALT:
            return Recipe(book.asphalts[style % len(book.asphalts)], 0.6, 0.35)
        case Surface.MARKING:
            return Recipe(WHITE, 0.4, 0.5)


def _crop(crop: Crop, chance: Sequence[float]) -> Recipe:
    stage = crop.stages[int(chance[0] * len(crop.stages))]
    pattern = PATTERNS.index(crop.pattern)
    return Recipe(stage, 0.35, 0.2, pattern, crop.row_metres, crop.contrast * (0.6 + 0.6 * chance[1]))


def _water(book: TextureBook, style: int, chance: Sequence[float]) -> Tone:
    # Silt and algae change a lake's colour from one year to another more often than not.
    choice = style if chance[0] < 0.4 else int(chance[1] * 1e6)
    return book.waters[choice % len(book.waters)]
