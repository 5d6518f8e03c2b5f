"""What is on the ground at one date: patches of surface, trees, houses; no light has fallen on it yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from changeseek.core.scenes.cover import Cover

Trees = NDArray[np.void]
Houses = NDArray[np.void]

TREE = np.dtype(
    [("x", "f8"), ("y", "f8"), ("radius", "f4"), ("height", "f4"), ("crown", "i2"), ("brightness", "f4")]
)
HOUSE = np.dtype(
    [
        ("x", "f8"),
        ("y", "f8"),
        ("length", "f4"),
        ("width", "f4"),
        ("angle", "f4"),
        ("eaves", "f4"),
        ("roof", "i2"),
        ("shape", "i2"),
        ("brightness", "f4"),
    ]
)


class Surface(IntEnum):
    """What a patch is made of; finer than its land cover."""

    FOREST_FLOOR = 0
    CROP = 1
    MEADOW = 2
    WATER = 3
    SHORE = 4
    SOIL = 5
    GARDEN = 6
    PAVING = 7
    ASPHALT = 8
    MARKING = 9


class Patch(NamedTuple):
    """A piece of ground of one surface; `style` picks its recipe from the texture book, at every date."""

    outline: BaseGeometry
    surface: Surface
    cover: Cover
    angle: float
    style: int


class Furnishing(NamedTuple):
    """What fills an outline: patches (later over earlier), houses and single trees."""

    patches: list[Patch]
    houses: Houses
    trees: Trees


@dataclass(frozen=True, slots=True)
class Land:
    """One date's ground.

    Attributes:
        patches: All patches; their position is their id.
        patch_ids: (H, W) int32, id of the patch that is seen from above.
        trees: (T,) records of type `TREE`, metres.
        houses: (B,) records of type `HOUSE`, metres and radians.
    """

    patches: tuple[Patch, ...]
    patch_ids: NDArray[np.int32]
    trees: Trees
    houses: Houses

    def cover(self) -> NDArray[np.uint8]:
        """(H, W) uint8 codes of `Cover`."""
        codes = np.array([patch.cover for patch in self.patches], dtype=np.uint8)
        return codes[self.patch_ids]


def no_trees() -> Trees:
    """An empty stand."""
    return np.zeros(0, dtype=TREE)


def no_houses() -> Houses:
    """An empty settlement."""
    return np.zeros(0, dtype=HOUSE)


def new_style(rng: np.random.Generator) -> int:
    """A number from which a patch picks its recipe."""
    return int(rng.integers(1 << 30))
