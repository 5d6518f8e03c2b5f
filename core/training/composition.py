"""Pairs of dates made from single images: real content of one class put into a real scene of another."""

from __future__ import annotations

import copy

import numpy as np
from numpy.typing import NDArray

from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import placement_of
from changeseek.core.training.library import MAY_ALSO_SHOW, ImageLibrary
from changeseek.core.training.masks import LEAST_SHARE, mask_bank
from changeseek.core.training.samples import (
    ABSENT,
    COLUMN,
    CONCEPT_KEYS,
    LEAST_REST,
    PRESENT,
    UNKNOWN,
    PairSample,
)

# Of changed pairs: those in which something grows that was there before.
_GROWTH_SHARE = 0.2


class Composer:
    """Draws pairs from one library: unchanged scenes and transitions between two concepts.

    Args:
        library: Images of one scale.
        unchanged_share: Share of pairs in which nothing happens.
        seed: Everything drawn follows from it.
    """

    def __init__(self, library: ImageLibrary, unchanged_share: float, seed: int) -> None:
        self._library = library
        self._rows = library.rows_of()
        self._concepts = sorted(self._rows)
        self._masks = mask_bank(400, library.images.shape[-1], seed, library.outlines)
        self._unchanged_share = unchanged_share
        self._seed = seed
        self._chance = np.random.default_rng(seed)

    def at(self, *place: int) -> Composer:
        """The same composer by chance of that place alone, whatever was drawn before."""
        found = copy.copy(self)
        found._chance = np.random.default_rng((self._seed, *place))
        return found

    def draw(self) -> PairSample:
        """One pair."""
        old, new, kept = self._chance.choice(self._concepts, 3, replace=False)
        scene = self._image(old)
        beside = self._mask() if self._chance.random() < 0.35 else None
        if self._chance.random() < self._unchanged_share:
            return self._unchanged(scene, old, kept, beside)
        if self._chance.random() < _GROWTH_SHARE:
            return self._growth(scene, old, new)
        return self._transition(scene, old, new, kept, beside)

    def _unchanged(
        self, scene: NDArray[np.uint8], old: str, kept: str, beside: NDArray[np.float32] | None
    ) -> PairSample:
        shares = {old: 1.0}
        if beside is not None:
            scene = _blend(scene, self._image(kept), beside)
            shares = {old: 1 - float(beside.mean()), kept: float(beside.mean())}
        presence = _presence(shares)
        return PairSample(scene, scene, (Meaning(),), np.stack((presence, presence)))

    def _transition(
        self, scene: NDArray[np.uint8], old: str, new: str, kept: str, beside: NDArray[np.float32] | None
    ) -> PairSample:
        mask = self._mask()
        before, after = scene, _blend(scene, self._image(new), mask)
        stays: dict[str, float] = {}
        if beside is not None and (mask * (1 - beside)).mean() >= 0.12 and beside.mean() < 0.6:
            other = self._image(kept)
            before, after = _blend(before, other, beside), _blend(after, other, beside)
            stays = {kept: float(beside.mean())}
            mask = mask * (1 - beside)
        changed = float(mask.mean())
        rest = 1 - changed - sum(stays.values())
        where = placement_of(mask, whole=rest < LEAST_REST)
        presence = np.stack(
            (_presence({old: changed + rest} | stays), _presence({old: rest, new: changed} | stays))
        )
        return PairSample(before, after, (Meaning(old, new),), presence, where)

    def _growth(self, scene: NDArray[np.uint8], old: str, new: str) -> PairSample:
        """Some of the new was there before: a lake, a wood or a town that grows, or swapped, shrinks."""
        whole, there = self._mask(), self._mask()
        core = whole * there
        if core.mean() < LEAST_SHARE or (whole - core).mean() < LEAST_SHARE:
            core = np.zeros_like(whole)
        other = self._image(new)
        first, last = float(core.mean()), float(whole.mean())
        presence = np.stack((_presence({old: 1 - first, new: first}), _presence({old: 1 - last, new: last})))
        before, after = _blend(scene, other, core), _blend(scene, other, whole)
        where = placement_of(whole - core, whole=1 - last < LEAST_REST, fresh=first < LEAST_REST)
        return PairSample(before, after, (Meaning(old, new),), presence, where)

    def _image(self, concept: str) -> NDArray[np.uint8]:
        image: NDArray[np.uint8] = self._library.images[self._chance.choice(self._rows[concept])]
        turned = np.rot90(image, int(self._chance.integers(4)), axes=(1, 2))
        return turned[:, :, ::-1] if self._chance.random() < 0.5 else turned

    def _mask(self) -> NDArray[np.float32]:
        mask: NDArray[np.float32] = self._masks[self._chance.integers(len(self._masks))].astype(np.float32)
        return np.rot90(mask, int(self._chance.integers(4)))


def _blend(
    scene: NDArray[np.uint8], other: NDArray[np.uint8], mask: NDArray[np.float32]
) -> NDArray[np.uint8]:
    mixed = scene + (other.astype(np.float32) - scene) * mask
    return mixed.astype(np.uint8)


def _presence(shares: dict[str, float]) -> NDArray[np.int8]:
    row = np.full(len(CONCEPT_KEYS), ABSENT, np.int8)
    for concept, share in shares.items():
        for other in MAY_ALSO_SHOW.get(concept, ()) if share > 0.02 else ():
            row[COLUMN[other]] = UNKNOWN
    for concept, share in shares.items():
        row[COLUMN[concept]] = PRESENT if share >= 0.12 else UNKNOWN if share > 0.01 else row[COLUMN[concept]]
    return row
