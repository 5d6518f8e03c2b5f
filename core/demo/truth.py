"""What really happened on each tile, counted from the pixels that the scene was drawn with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from changeseek.core.captions.grammar import Meaning
from changeseek.core.index.files import write_text_whole
from changeseek.core.scenes.scene import TwoDateScene
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.training.drawn import CONCEPT_OF

# Where less of a tile is touched nobody would say that it happened there; nor that nothing happened.
LEAST_SHARE = 0.10


@dataclass(frozen=True, slots=True)
class TileTruth:
    """What happened on one tile.

    Attributes:
        shares: Part of the tile, 0..1, that each kind of event touched; kinds that did not are left out.
        transitions: The same by what was there and what came, such as `forest -> houses`.
    """

    shares: Mapping[str, float]
    transitions: Mapping[str, float]

    @property
    def events(self) -> list[str]:
        """Kinds of event that touched enough of the tile to be said to have happened there."""
        return [name for name, share in self.shares.items() if share >= LEAST_SHARE]

    @property
    def quiet(self) -> bool:
        """Whether not one pixel was touched; a tile that is only grazed is neither quiet nor has an event."""
        return not self.shares

    def share_of(self, meaning: Meaning) -> float:
        """Part of the tile of which a sentence of that meaning is true."""
        true_of = (meaning.agrees_with(Meaning.parse(key)) for key in self.transitions)
        return sum(share for share, true in zip(self.transitions.values(), true_of, strict=True) if true)

    def answers(self, meaning: Meaning) -> bool:
        """Whether the tile is a right answer to a query of that meaning.

        Plain and harsh: it holds on at least `LEAST_SHARE` of the tile, and every other tile, grazed ones
        too, is a wrong answer.
        """
        return self.share_of(meaning) >= LEAST_SHARE


Truth = Mapping[str, TileTruth]


def truth_of(scene: TwoDateScene, tile_grid: TileGrid) -> dict[str, TileTruth]:
    """The truth of every tile by its id."""
    return {tile_grid.tile_id(number): _of_tile(scene, tile) for number, tile in _cut(scene, tile_grid)}


def _cut(scene: TwoDateScene, tile_grid: TileGrid) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    for number in range(len(tile_grid)):
        top, left, height, width = tile_grid.window(number)
        yield number, scene.event[top : top + height, left : left + width]


def _of_tile(scene: TwoDateScene, tile: NDArray[np.uint8]) -> TileTruth:
    pixels = np.bincount(tile.ravel(), minlength=len(scene.events) + 1)[1:]
    shares: dict[str, float] = {}
    transitions: dict[str, float] = {}
    for event, count in zip(scene.events, pixels.tolist(), strict=True):
        if count:
            share = count / tile.size
            key = Meaning(CONCEPT_OF[event.before], CONCEPT_OF[event.after]).key
            shares[event.name] = shares.get(event.name, 0.0) + share
            transitions[key] = transitions.get(key, 0.0) + share
    return TileTruth(shares, transitions)


def write_truth(truth: Truth, tile_grid: TileGrid, path: Path) -> None:
    """Write the truth as JSON for whoever wants to check the figures.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    document = {"grid": _grid(tile_grid), "tiles": {key: _as_json(tile) for key, tile in truth.items()}}
    write_text_whole(path, json.dumps(document, indent=1) + "\n")


def read_truth(path: Path) -> dict[str, TileTruth]:
    """Read back what `write_truth` wrote."""
    tiles = json.loads(path.read_text(encoding="utf-8"))["tiles"]
    return {key: TileTruth(tile["shares"], tile["transitions"]) for key, tile in tiles.items()}


def _grid(tile_grid: TileGrid) -> dict[str, Any]:
    return {
        "crs": tile_grid.pixel_grid.crs,
        "bounds": list(tile_grid.pixel_grid.bounds),
        "tile": tile_grid.tile,
        "stride": tile_grid.stride,
        "rows": tile_grid.rows,
        "cols": tile_grid.cols,
        "least_share": LEAST_SHARE,
    }


def _as_json(tile: TileTruth) -> dict[str, Any]:
    return {
        "events": tile.events,
        "shares": dict(tile.shares),
        "transitions": dict(tile.transitions),
        "quiet": tile.quiet,
    }
