"""Pairs of images that a person has called similar or dissimilar: all that the metric learns from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# (M, 2) rows of vectors; the order of the two says nothing.
Pairs = NDArray[np.int64]
Similar = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AnsweredPairs:
    """M pairs with one bit each.

    Attributes:
        pairs: (M, 2) int64, rows of the vectors that were asked about.
        similar: (M,) bool.
    """

    pairs: Pairs
    similar: Similar

    def __post_init__(self) -> None:
        if self.pairs.shape != (len(self.similar), 2):
            raise ValueError(f"{self.pairs.shape} pairs do not match {self.similar.shape} answers")

    def __len__(self) -> int:
        return len(self.similar)

    @classmethod
    def none(cls) -> AnsweredPairs:
        """Before the first answer."""
        return cls(np.empty((0, 2), np.int64), np.empty(0, np.bool_))

    def plus(self, pairs: Pairs, similar: Similar) -> AnsweredPairs:
        """These and more, the new ones last."""
        return AnsweredPairs(np.concatenate([self.pairs, pairs]), np.concatenate([self.similar, similar]))

    @property
    def both_kinds(self) -> bool:
        """Whether there are similar and dissimilar pairs: only then is there a line to draw between them."""
        return bool(self.similar.any() and not self.similar.all())
