"""Lets events happen: turns the land before into the land after, and writes down where and what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.scenes.assembly import house_probes
from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.furnishing import furnish, lay_road
from changeseek.core.scenes.land import Furnishing, Houses, Land, Trees
from changeseek.core.scenes.naming import event_name
from changeseek.core.scenes.plan import Proposal
from changeseek.core.scenes.scene import MOST_EVENTS, Event, PixelBounds
from changeseek.core.scenes.settlement import LEAST_BUILT, built_share
from changeseek.core.scenes.textures import TextureBook

LEAST_PIXELS = 60
LEAST_SHARE = 0.5
LEAST_WATER_SHARE = 0.2


class Outcome(NamedTuple):
    """The land after, the event map (H, W) uint8 and what its numbers mean."""

    after: Land
    event: NDArray[np.uint8]
    events: tuple[Event, ...]


class History:
    """The land between the dates, as one event after the other happens."""

    def __init__(self, rng: np.random.Generator, frame: Frame, before: Land, book: TextureBook) -> None:
        self._rng, self._frame, self._before, self._book = rng, frame, before, book
        self.cover = before.cover()
        self.event = np.zeros(frame.shape, dtype=np.uint8)
        self._patches = list(before.patches)
        self._patch_ids = before.patch_ids.copy()
        self._events: list[Event] = []
        self._houses: list[Houses] = []
        self._trees: list[Trees] = []

    @property
    def is_full(self) -> bool:
        """Whether the event map has numbers left."""
        return len(self._events) >= MOST_EVENTS

    def happen(self, proposal: Proposal) -> int:
        """Let a proposal happen on the free pixels that suit it; returns their number, 0 if it cannot."""
        at = self._frame.pixel_bounds(proposal.outline)
        if at is None or self.is_full:
            return 0
        window = slice(at.row_start, at.row_stop), slice(at.col_start, at.col_stop)
        inside = self._frame.rasterise([proposal.outline], [0], at) == 0
        free = inside & (self.event[window] == 0)
        covers = self._suiting(proposal, inside, free, self.cover[window])
        if not covers:
            return 0
        touched = free & np.isin(self.cover[window], covers)
        piece = self._standing_on(proposal, touched, at)
        if not self._is_visible(proposal.after, covers, piece, touched, at):
            return 0
        touched = self._record(proposal, covers, free, at)
        self._build(piece, touched, at)
        return int(touched.sum())

    def outcome(self) -> Outcome:
        """Everything that happened so far."""
        standing = _undisturbed(self._frame, self.event, self._before)
        trees = np.concatenate([self._before.trees[standing[0]], *self._trees])
        houses = np.concatenate([self._before.houses[standing[1]], *self._houses])
        after = Land(tuple(self._patches), self._patch_ids, trees, houses)
        return Outcome(after, self.event, tuple(self._events))

    def _suiting(
        self,
        proposal: Proposal,
        inside: NDArray[np.bool_],
        free: NDArray[np.bool_],
        cover: NDArray[np.uint8],
    ) -> list[Cover]:
        """The covers that the event replaces: any of those allowed for a road, else the ruling one."""
        counts = np.bincount(cover[free], minlength=len(Cover))
        counts[proposal.after] = 0
        for kept in set(Cover) - (proposal.before or set(Cover)):
            counts[kept] = 0
        if proposal.line is not None:
            return [Cover(int(code)) for code in np.flatnonzero(counts >= LEAST_PIXELS)]
        ruling = Cover(int(counts.argmax()))
        least_share = LEAST_WATER_SHARE if ruling == Cover.WATER else LEAST_SHARE
        return [ruling] if counts[ruling] >= max(LEAST_PIXELS, least_share * inside.sum()) else []

    def _record(
        self, proposal: Proposal, covers: Iterable[Cover], free: NDArray[np.bool_], at: PixelBounds
    ) -> NDArray[np.bool_]:
        window = slice(at.row_start, at.row_stop), slice(at.col_start, at.col_stop)
        touched = np.zeros_like(free)
        for before in covers:
            if self.is_full:
                break
            here = free & (self.cover[window] == before)
            name = proposal.name or event_name(before, proposal.after)
            self._events.append(Event(before, proposal.after, name, _tight(here, at)))
            self.event[window][here] = len(self._events)
            touched |= here
        return touched

    def _standing_on(self, proposal: Proposal, touched: NDArray[np.bool_], at: PixelBounds) -> Furnishing:
        """What comes, less the houses and trees that would not stand on touched ground."""
        piece = self._furnishing(proposal)
        houses = _all_within(self._frame, touched, at, *house_probes(piece.houses))
        x, y = piece.trees["x"][:, None], piece.trees["y"][:, None]
        trees = _all_within(self._frame, touched, at, x, y)
        return Furnishing(piece.patches, piece.houses[houses], piece.trees[trees])

    def _is_visible(
        self,
        after: Cover,
        covers: Iterable[Cover],
        piece: Furnishing,
        touched: NDArray[np.bool_],
        at: PixelBounds,
    ) -> bool:
        """Whether houses that are said to come or go are really there to be seen."""
        square_metres = float(touched.sum()) * self._frame.ground_sample_distance**2
        if after == Cover.HOUSES:
            return built_share(piece.houses, square_metres) >= LEAST_BUILT
        if Cover.HOUSES in covers and after != Cover.ROAD:
            houses = self._before.houses
            gone = _all_within(self._frame, touched, at, houses["x"][:, None], houses["y"][:, None])
            return built_share(houses[gone], square_metres) >= LEAST_BUILT
        return True

    def _build(self, piece: Furnishing, touched: NDArray[np.bool_], at: PixelBounds) -> None:
        first = len(self._patches)
        self._patches += piece.patches
        ids = self._frame.rasterise(
            [patch.outline for patch in piece.patches], range(first, len(self._patches)), at
        )
        window = slice(at.row_start, at.row_stop), slice(at.col_start, at.col_stop)
        self._patch_ids[window] = np.where(touched & (ids >= 0), ids, self._patch_ids[window])
        self._houses.append(piece.houses)
        self._trees.append(piece.trees)

    def _furnishing(self, proposal: Proposal) -> Furnishing:
        if proposal.line is not None:
            width = float(proposal.outline.area / proposal.line.length)
            carriageway = width * float(self._rng.uniform(0.42, 0.62))
            return lay_road(self._rng, proposal.line, proposal.outline, carriageway, new=proposal.young)
        return furnish(
            self._rng, proposal.outline, proposal.after, proposal.angle, self._book, young=proposal.young
        )


def _tight(here: NDArray[np.bool_], at: PixelBounds) -> PixelBounds:
    rows, cols = np.flatnonzero(here.any(axis=1)), np.flatnonzero(here.any(axis=0))
    return PixelBounds(
        at.row_start + int(rows[0]),
        at.col_start + int(cols[0]),
        at.row_start + int(rows[-1]) + 1,
        at.col_start + int(cols[-1]) + 1,
    )


def _all_within(
    frame: Frame, touched: NDArray[np.bool_], at: PixelBounds, x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """(N,) whether all P positions (N, P) of an object lie on touched pixels."""
    rows = np.floor(y / frame.ground_sample_distance).astype(np.intp) - at.row_start
    cols = np.floor(x / frame.ground_sample_distance).astype(np.intp) - at.col_start
    known = (rows >= 0) & (cols >= 0) & (rows < touched.shape[0]) & (cols < touched.shape[1])
    within = known & touched[np.where(known, rows, 0), np.where(known, cols, 0)]
    return np.asarray(within.all(axis=1), dtype=bool)


def _undisturbed(
    frame: Frame, event: NDArray[np.uint8], land: Land
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which trees and houses still stand: those with nothing happening under their middle."""
    trees = event[frame.pixels_of(land.trees["x"], land.trees["y"])] == 0
    houses = event[frame.pixels_of(land.houses["x"], land.houses["y"])] == 0
    return trees, houses
