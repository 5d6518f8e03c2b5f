"""What a texture book holds: every colour and pattern that a scene may be drawn from.

Training and demo draw from two books that share nothing, so that the demo shows what the model makes of
textures it never saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

TextureSet = Literal["training", "held-out"]
RowPattern = Literal["lines", "tramlines", "swaths", "ridges"]
CrownProfile = Literal["dome", "cone", "lobed", "flat-topped"]
RoofShape = Literal["gable", "hip", "half-hip", "mansard", "flat"]


class Colour(NamedTuple):
    """RGB, 0..255, in flat light."""

    red: int
    green: int
    blue: int


class Tone(NamedTuple):
    """The two colours between which a surface wavers."""

    first: Colour
    second: Colour


class Seasons(NamedTuple):
    """A surface's tone through the year."""

    spring: Tone
    summer: Tone
    autumn: Tone
    winter: Tone


class Crop(NamedTuple):
    """A field crop: the tones that it may show on any date, and how its rows look."""

    stages: tuple[Tone, ...]
    pattern: RowPattern
    row_metres: float
    contrast: float


class Crown(NamedTuple):
    """A kind of tree seen from above; `leafless` says that it sheds its leaves in winter."""

    profile: CrownProfile
    tones: Seasons
    radius_metres: tuple[float, float]
    leafless: bool


@dataclass(frozen=True, slots=True)
class TextureBook:
    """One self-contained set of recipes."""

    name: TextureSet
    roofs: tuple[Colour, ...]
    roof_shapes: tuple[RoofShape, ...]
    crowns: tuple[Crown, ...]
    crops: tuple[Crop, ...]
    meadows: tuple[Seasons, ...]
    forest_floors: tuple[Seasons, ...]
    waters: tuple[Tone, ...]
    soils: tuple[Tone, ...]
    asphalts: tuple[Tone, ...]
    pavings: tuple[Tone, ...]


def tone(first: tuple[int, int, int], second: tuple[int, int, int]) -> Tone:
    """A tone written as two plain triples."""
    return Tone(Colour(*first), Colour(*second))


def book_of(textures: TextureSet) -> TextureBook:
    """The book of that name."""
    from changeseek.core.scenes.book_held_out import HELD_OUT
    from changeseek.core.scenes.book_training import TRAINING

    return TRAINING if textures == "training" else HELD_OUT
