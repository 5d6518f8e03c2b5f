"""Captioned pairs as a source of training samples: each comes once an epoch, in an order of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from changeseek.core.captions.grammar import Meaning
from changeseek.core.training.datasets.arrays import RememberedPairs, of_split
from changeseek.core.training.datasets.captioned import CaptionedSplit
from changeseek.core.training.datasets.reading import read_captioned
from changeseek.core.training.samples import CONCEPT_KEYS, UNKNOWN, PairSample


class CaptionedSource:
    """The captioned pairs of one split of one or several data sets.

    Args:
        places: Folders or tables that `read_captioned` knows.
        split: Which pairs.
        size: Side of the patches in pixels.
        seed: The order of each epoch follows from it.

    Raises:
        TrainingDataError: A data set cannot be read, or has no pair of that split.
    """

    def __init__(self, places: tuple[Path, ...], split: CaptionedSplit, size: int, seed: int) -> None:
        self._pairs = [pair for place in places for pair in of_split(read_captioned(place), split, place)]
        self._images = RememberedPairs(self._pairs, size)
        self._seed = seed

    def __len__(self) -> int:
        """Pairs, which is the length of an epoch."""
        return len(self._pairs)

    def take(self, start: int, count: int, process: int = 0) -> list[PairSample]:
        """Samples of the endless row of epochs.

        Args:
            start: Place in the row.
            count: How many.
            process: Number of the process that trains beside others; each has epochs of its own order.
        """
        return [self._sample(place, process) for place in range(start, start + count)]

    def _sample(self, place: int, process: int) -> PairSample:
        epoch, position = divmod(place, len(self._pairs))
        row = int(self._order(epoch, process)[position])
        pair, (before, after) = self._pairs[row], self._images[row]
        presence = np.full((2, len(CONCEPT_KEYS)), UNKNOWN, np.int8)
        truths = () if pair.changed else (Meaning(),)
        return PairSample(before, after, truths, presence, captions=pair.captions)

    def _order(self, epoch: int, process: int) -> NDArray[np.int64]:
        return np.random.default_rng((self._seed, process, epoch)).permutation(len(self._pairs))
