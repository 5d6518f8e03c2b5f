"""Mixes the sources of pairs into batches, each by its number."""

from __future__ import annotations

import copy
from collections import Counter
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from changeseek.core.captions.grammar import Meaning
from changeseek.core.training.augment import augment
from changeseek.core.training.composition import Composer
from changeseek.core.training.datasets.source import CaptionedSource
from changeseek.core.training.samples import CONCEPT_KEYS, UNKNOWN, PairSample, Told
from changeseek.core.training.supply import seed_of


class Batch(NamedTuple):
    """One training batch.

    Attributes:
        pairs: (B, 2, 3, P, P) float32, 0..1, augmented.
        truths: What happened in each pair.
        presence: (B, 2, K) int8.
        told: All that is known of each pair in words, people's captions too.
    """

    pairs: Tensor
    truths: list[tuple[Meaning, ...]]
    presence: Tensor
    told: list[Told]


class PairMixer:
    """An endless supply of samples: drawn scenes, composed pairs of each library, plots flown twice.

    Args:
        drawn: Samples of drawn scenes.
        composers: One for each library.
        unchanged: (N, 2, 3, P, P) uint8 pairs without change.
        drawn_share: Share of samples from drawn scenes.
        seed: The order follows from it.
        captioned: Pairs with people's captions; None for none.
        captioned_share: Share of each batch that they get; the other shares are of what is left.
    """

    def __init__(
        self,
        drawn: list[PairSample],
        composers: list[Composer],
        unchanged: NDArray[np.uint8],
        drawn_share: float,
        seed: int,
        captioned: CaptionedSource | None = None,
        captioned_share: float = 0.0,
    ) -> None:
        self._quiet = [sample for sample in drawn if not sample.changed]
        self._changed, self._changed_share = _rare_oftener([sample for sample in drawn if sample.changed])
        self._composers = composers
        self._unchanged = unchanged
        self._drawn_share = drawn_share if drawn else 0.0
        self._captioned = captioned
        self._captioned_share = captioned_share
        self._seed = seed
        self._chance = np.random.default_rng(seed)

    def at(self, *place: int) -> PairMixer:
        """The same supply by chance of that place alone, whatever was drawn before.

        So a training that goes on at some step sees what an undisturbed one sees, and threads draw at once.
        """
        found = copy.copy(self)
        found._chance = np.random.default_rng((self._seed, *place))
        found._composers = [composer.at(*place, 1) for composer in self._composers]
        return found

    def batch(self, step: int, process: int, size: int) -> list[PairSample]:
        """`size` samples that depend on seed, step and process alone.

        The captioned pairs go on where those of the step before ended, so that each comes once an epoch.
        """
        here = self.at(step, process)
        count = round(size * self._captioned_share) if self._captioned else 0
        captioned = self._captioned.take(max(step - 1, 0) * count, count, process) if self._captioned else []
        return captioned + [here.draw() for _ in range(size - count)]

    def draw(self) -> PairSample:
        """One sample, not of the captioned pairs."""
        choice = self._chance.random()
        if choice < self._drawn_share:
            if self._chance.random() < 0.3:
                return self._quiet[self._chance.integers(len(self._quiet))]
            return self._changed[self._chance.choice(len(self._changed), p=self._changed_share)]
        if choice > 0.97 and len(self._unchanged):
            before, after = self._chance.permutation(
                self._unchanged[self._chance.integers(len(self._unchanged))]
            )
            return PairSample(before, after, (Meaning(),), np.full((2, len(CONCEPT_KEYS)), UNKNOWN, np.int8))
        weights = np.array([0.6, 0.4][: len(self._composers)])
        return self._composers[self._chance.choice(len(weights), p=weights / weights.sum())].draw()


def _rare_oftener(samples: list[PairSample]) -> tuple[list[PairSample], NDArray[np.float64]]:
    """Samples with their shares: a meaning counts by the root of how often it occurs."""
    counts = Counter(sample.truths[0] for sample in samples)
    weights = np.array([counts[sample.truths[0]] ** -0.5 for sample in samples])
    return samples, weights / weights.sum()


def batch_at(mixer: PairMixer, size: int, seed: int, step: int, process: int = 0) -> Batch:
    """The batch of that step: `size` augmented pairs that depend on nothing drawn before it.

    Args:
        mixer: Where the pairs come from.
        size: Pairs.
        seed: Of the light.
        step: Number of the batch.
        process: Number of the process that trains beside others; each has batches of its own.
    """
    light = torch.Generator().manual_seed(seed_of(seed, step, process))
    return _batch(mixer.batch(step, process, size), light)


def _batch(samples: list[PairSample], light: torch.Generator) -> Batch:
    pairs = torch.from_numpy(np.stack([np.stack((sample.before, sample.after)) for sample in samples]))
    presence = torch.from_numpy(np.stack([sample.presence for sample in samples]))
    return Batch(
        augment(pairs, light),
        [sample.truths for sample in samples],
        presence,
        [sample.told for sample in samples],
    )
