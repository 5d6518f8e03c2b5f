"""What travels from the data sets to the training loop."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Placement

CONCEPT_KEYS = tuple(concept.key for concept in CONCEPTS)
COLUMN = {key: column for column, key in enumerate(CONCEPT_KEYS)}
ABSENT, PRESENT, UNKNOWN = 0, 1, -1
# Share of a tile that must still show a concept for it to have gone in part only.
LEAST_REST = 0.1


@dataclass(frozen=True, slots=True)
class PairSample:
    """One pair of patches with its truth.

    Attributes:
        before: (3, P, P) uint8.
        after: (3, P, P) uint8.
        truths: What happened; one meaning of *nothing*, or one or more full transitions. Empty where only
            people's captions tell of it.
        presence: (2, K) int8, for each date and concept ABSENT, PRESENT or UNKNOWN.
        where: Extent and position of what happened; None where it is unknown or nothing happened.
        captions: What people wrote about the pair; where there are none, the grammar speaks.
    """

    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    truths: tuple[Meaning, ...]
    presence: NDArray[np.int8]
    where: Placement | None = None
    captions: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything happened."""
        return not self.truths or self.truths[0].key != "nothing"

    @property
    def told(self) -> Told:
        """What is known of it in words."""
        return Told(self.truths, self.where, self.captions)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a pair in words, its dates in one order.

    Attributes:
        truths: As of a sample.
        where: As of a sample.
        captions: As of a sample.
    """

    truths: tuple[Meaning, ...]
    where: Placement | None = None
    captions: tuple[str, ...] = ()

    def reversed(self) -> Told | None:
        """The same with the dates swapped; None where that is not known, as of changes in free words."""
        if not self.truths:
            return None
        captions = self.captions if self.truths == (Meaning(),) else ()
        where = self.where.reversed() if self.where else None
        return Told(tuple(truth.reversed() for truth in self.truths), where, captions)


def without(samples: Sequence[PairSample], concepts: Collection[str]) -> list[PairSample]:
    """The samples that show none of these concepts and tell of none."""
    columns = [COLUMN[concept] for concept in concepts]
    return [sample for sample in samples if not (sample.presence[:, columns] == PRESENT).any()]
