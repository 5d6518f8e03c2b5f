"""What happens in a training scene: any sensible event, anywhere, of any size and shape."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.events import History
from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.land import Land
from changeseek.core.scenes.plan import Proposal
from changeseek.core.scenes.shapes import blob, rectangle, strip, wandering_line

SMALLEST_METRES = 20.0
LARGEST_METRES = 250.0
LEAST_QUARTER_METRES = 48.0
TRIES = 900

# How likely each cover becomes which other one.
BECOMES: Mapping[Cover, Mapping[Cover, float]] = {
    Cover.FOREST: {
        Cover.HOUSES: 5,
        Cover.BARE: 3,
        Cover.FIELD: 2,
        Cover.GRASS: 2,
        Cover.WATER: 2,
        Cover.ROAD: 2,
    },
    Cover.FIELD: {
        Cover.HOUSES: 5,
        Cover.BARE: 2,
        Cover.FOREST: 3,
        Cover.WATER: 2,
        Cover.ROAD: 2,
        Cover.GRASS: 1,
    },
    Cover.GRASS: {
        Cover.HOUSES: 4,
        Cover.FOREST: 4,
        Cover.WATER: 3,
        Cover.BARE: 2,
        Cover.ROAD: 2,
        Cover.FIELD: 2,
    },
    Cover.WATER: {Cover.BARE: 4, Cover.GRASS: 4, Cover.FIELD: 0.5, Cover.FOREST: 1, Cover.HOUSES: 1},
    Cover.BARE: {
        Cover.HOUSES: 5,
        Cover.GRASS: 3,
        Cover.FOREST: 3,
        Cover.WATER: 3,
        Cover.ROAD: 1,
        Cover.FIELD: 1,
    },
    Cover.HOUSES: {
        Cover.BARE: 5,
        Cover.GRASS: 5,
        Cover.WATER: 1,
        Cover.ROAD: 1,
        Cover.FOREST: 1,
        Cover.FIELD: 1,
    },
    Cover.ROAD: {Cover.GRASS: 3, Cover.BARE: 1, Cover.FIELD: 2, Cover.FOREST: 1},
}
# How often an event starts from which cover, whatever its share of the ground.
STARTS = {
    Cover.FOREST: 5,
    Cover.FIELD: 4,
    Cover.GRASS: 5,
    Cover.WATER: 1.8,
    Cover.BARE: 3,
    Cover.HOUSES: 6,
    Cover.ROAD: 0.5,
}


def happen_by_chance(rng: np.random.Generator, frame: Frame, before: Land, history: History) -> None:
    """Let events happen until about a third of the ground has changed."""
    wanted = float(rng.uniform(0.25, 0.38)) * frame.height * frame.width
    for _ in range(TRIES):
        if wanted <= 0 or history.is_full:
            return
        wanted -= history.happen(_propose(rng, frame, before, history.cover))


def _propose(rng: np.random.Generator, frame: Frame, land: Land, cover: NDArray[np.uint8]) -> Proposal:
    row, col, here = _start(rng, cover)
    x, y = (np.array([col, row]) + 0.5) * frame.ground_sample_distance
    odds = BECOMES[here]
    after = Cover(int(rng.choice(list(odds), p=np.array(list(odds.values())) / sum(odds.values()))))
    young = bool(rng.random() < (0.6 if after == Cover.FOREST else 0.5))
    patch = land.patches[int(land.patch_ids[row, col])]
    angle = patch.angle if rng.random() < 0.6 else float(rng.uniform(0, np.pi))
    largest = min(LARGEST_METRES, min(frame.metres_wide, frame.metres_high) / 2.2)
    size = float(np.exp(rng.uniform(np.log(min(SMALLEST_METRES, largest)), np.log(largest))))
    if after == Cover.ROAD:
        return _road(rng, x, y, max(size, 90.0), young)
    if Cover.HOUSES in (here, after):
        size = max(size, min(LEAST_QUARTER_METRES, largest))
    if here == Cover.WATER or (rng.random() < 0.3 and here not in (Cover.HOUSES, Cover.ROAD)):
        outline = patch.outline.buffer(4.0 if here == Cover.WATER else 0.0)
        if isinstance(outline, Polygon) and outline.area < largest**2:
            return Proposal(None, outline, frozenset({here}), after, angle, young=young)
    return Proposal(
        None, _outline(rng, x, y, size, angle, after), frozenset({here}), after, angle, young=young
    )


def _start(rng: np.random.Generator, cover: NDArray[np.uint8]) -> tuple[int, int, Cover]:
    """A pixel where an event begins: rare covers get their turn as well."""
    rows, cols = rng.integers(cover.shape[0], size=96), rng.integers(cover.shape[1], size=96)
    found = cover[rows, cols]
    present = [Cover(int(code)) for code in np.unique(found)]
    odds = np.array([STARTS[code] for code in present])
    here = present[int(rng.choice(len(present), p=odds / odds.sum()))]
    chosen = int(rng.choice(np.flatnonzero(found == here)))
    return int(rows[chosen]), int(cols[chosen]), here


def _road(rng: np.random.Generator, x: float, y: float, length: float, young: bool) -> Proposal:
    heading = rng.uniform(0, 2 * np.pi)
    half = np.array([np.cos(heading), np.sin(heading)]) * length * rng.uniform(0.5, 1.2)
    line = wandering_line(rng, (x - half[0], y - half[1]), (x + half[0], y + half[1]), 0.06)
    corridor = strip(line, float(rng.uniform(9, 32)))
    grounds = frozenset(set(Cover) - {Cover.WATER, Cover.ROAD})
    return Proposal(None, corridor, grounds, Cover.ROAD, 0.0, line=line, young=young)


def _outline(
    rng: np.random.Generator, x: float, y: float, size: float, angle: float, after: Cover
) -> Polygon:
    ratio = float(np.exp(rng.uniform(-0.5, 0.5)))
    if after == Cover.WATER or rng.random() < 0.35:
        return blob(rng, x, y, size * 0.55, 0.3)
    if rng.random() < 0.15:
        ratio *= 3.0
    return rectangle(x, y, size * ratio**0.5, size / ratio**0.5, angle)
