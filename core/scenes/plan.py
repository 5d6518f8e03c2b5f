"""What is to happen in a scene: the demo's eight kinds of event, and where each finds its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from shapely import LineString, Polygon

from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.layout import Reserved
from changeseek.core.scenes.shapes import blob, rectangle, strip, wandering_line

ROAD_CELLS = 3
LEAST_CELLS = 4


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event that a plan asks for, with what may lie there before and after."""

    name: str
    before: tuple[Cover, ...]
    after: tuple[Cover, ...]
    sites_per_square_kilometre: float


@dataclass(frozen=True, slots=True)
class EventPlan:
    """Kinds of event, each at several sites; a site fills most of a cell, smaller in small scenes."""

    kinds: tuple[EventKind, ...]
    cell_metres: float = 256.0


class Proposal(NamedTuple):
    """An event that may happen: `line` is given for a road, whose `outline` is then its whole corridor."""

    name: str | None
    outline: Polygon
    before: frozenset[Cover] | None
    after: Cover
    angle: float
    line: LineString | None = None
    young: bool = True


DEMO_PLAN = EventPlan(
    (
        EventKind("houses built on forest", (Cover.FOREST,), (Cover.HOUSES,), 1.0),
        EventKind("houses built on fields", (Cover.FIELD,), (Cover.HOUSES,), 1.0),
        EventKind("houses demolished", (Cover.HOUSES,), (Cover.BARE, Cover.GRASS), 1.0),
        EventKind("lake dug", (Cover.FIELD, Cover.GRASS, Cover.FOREST), (Cover.WATER,), 1.0),
        EventKind("lake dried up", (Cover.WATER,), (Cover.BARE, Cover.GRASS), 1.0),
        EventKind("road built", (Cover.FIELD, Cover.GRASS, Cover.FOREST), (Cover.ROAD,), 0.75),
        EventKind("forest cleared", (Cover.FOREST,), (Cover.BARE, Cover.GRASS), 1.0),
        EventKind("trees planted", (Cover.GRASS, Cover.FIELD, Cover.BARE), (Cover.FOREST,), 1.0),
    )
)


def place_sites(
    rng: np.random.Generator, frame: Frame, plan: EventPlan
) -> tuple[list[Reserved], list[Proposal]]:
    """Spread a plan's sites over the scene's cells: what must lie there before, and the events.

    Raises:
        ValueError: The plan has more sites than the scene has cells.
    """
    cell = min(plan.cell_metres, min(frame.metres_wide, frame.metres_high) / LEAST_CELLS)
    free = _Cells(rng, int(frame.metres_wide / cell), int(frame.metres_high / cell), cell)
    # A square kilometre of a small scene's plan shrinks with its cells.
    square_kilometres = free.columns * free.rows * plan.cell_metres**2 / 1e6
    reserved: list[Reserved] = []
    proposals: list[Proposal] = []
    for kind in sorted(plan.kinds, key=lambda kind: Cover.ROAD not in kind.after):
        for _ in range(max(1, round(kind.sites_per_square_kilometre * square_kilometres))):
            before, event = (
                _road_site(rng, kind, free) if Cover.ROAD in kind.after else _site(rng, kind, free)
            )
            reserved += before
            proposals.append(event)
    return reserved, proposals


class _Cells:
    """Free cells of the scene, in random order."""

    def __init__(self, rng: np.random.Generator, columns: int, rows: int, size: float) -> None:
        self.columns, self.rows, self.size = columns, rows, size
        self._free = [(int(i % columns), int(i // columns)) for i in rng.permutation(columns * rows)]

    def take(self) -> tuple[float, float]:
        """Middle of a free cell in metres."""
        if not self._free:
            raise ValueError("the event plan has more sites than the scene has cells")
        return self._middle(self._free.pop())

    def take_run(self, length: int, upright: bool) -> list[tuple[float, float]]:
        """Middles of neighbouring free cells in a row or a column."""
        step = (0, 1) if upright else (1, 0)
        for column, row in self._free:
            run = [(column + i * step[0], row + i * step[1]) for i in range(length)]
            if all(cell in self._free for cell in run):
                self._free = [cell for cell in self._free if cell not in run]
                return [self._middle(cell) for cell in run]
        raise ValueError("the event plan has more roads than the scene has room for")

    def _middle(self, cell: tuple[int, int]) -> tuple[float, float]:
        return (cell[0] + 0.5) * self.size, (cell[1] + 0.5) * self.size


def _site(rng: np.random.Generator, kind: EventKind, free: _Cells) -> tuple[list[Reserved], Proposal]:
    x, y = np.asarray(free.take()) + rng.uniform(-0.06, 0.06, 2) * free.size
    before = Cover(int(rng.choice(kind.before)))
    after = Cover(int(rng.choice(kind.after)))
    angle = float(rng.uniform(0, np.pi))
    side = free.size * float(rng.uniform(0.66, 0.76))
    natural = Cover.WATER in (before, after) or (before == Cover.FOREST and rng.random() < 0.4)
    if natural:
        outline = blob(rng, x, y, side * 0.54, 0.16)
    else:
        ratio = float(rng.uniform(0.88, 1.12))
        outline = rectangle(x, y, side * ratio, side / ratio, angle)
    place = Reserved(_surroundings(rng, before, outline, angle), before, angle)
    young = after == Cover.FOREST or rng.random() < 0.5
    return [place], Proposal(kind.name, outline, frozenset({before}), after, angle, young=young)


def _surroundings(rng: np.random.Generator, cover: Cover, event: Polygon, angle: float) -> Polygon:
    """Where the earlier cover lies: the lake itself, but more forest, field or village than is lost."""
    x, y = event.centroid.coords[0]
    reach = float(np.sqrt(event.area))
    if cover == Cover.WATER:
        return event
    if cover == Cover.FOREST:
        return blob(rng, x, y, reach * 0.95, 0.26)
    return rectangle(x, y, reach * rng.uniform(1.15, 1.5), reach * rng.uniform(1.1, 1.3), angle)


def _road_site(rng: np.random.Generator, kind: EventKind, free: _Cells) -> tuple[list[Reserved], Proposal]:
    upright = bool(rng.random() < 0.5)
    middles = free.take_run(ROAD_CELLS, upright)
    half = free.size * 0.48
    along = np.array([0.0, half]) if upright else np.array([half, 0.0])
    aside = along[::-1] * rng.uniform(-0.3, 0.3)
    line = wandering_line(
        rng, tuple(np.subtract(middles[0], along) - aside), tuple(np.add(middles[-1], along) + aside), 0.02
    )
    places = []
    for x, y in middles:
        cover = Cover(int(rng.choice(kind.before)))
        angle = float(rng.normal(0, 0.08))
        places.append(Reserved(rectangle(x, y, free.size * 1.05, free.size * 1.0, angle), cover, angle))
    corridor = float(rng.uniform(24, 30)) * min(1.0, free.size / 200)
    event = Proposal(
        kind.name, strip(line, corridor), frozenset(kind.before) | {Cover.BARE}, Cover.ROAD, 0.0, line=line
    )
    return places, event
