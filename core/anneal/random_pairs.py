"""Pairs by chance: what active choice is compared with, and what candidates are drawn by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import Pairs
from changeseek.core.anneal.pairs import fresh_pairs

_TRIES = 20


def uniform_pairs(rows: int, asked: Pairs, count: int, chance: np.random.Generator) -> Pairs:
    """Up to (count, 2) distinct pairs of `rows` rows that were not asked yet, each as probable as any."""
    found = np.empty((0, 2), np.int64)
    for _ in range(_TRIES):
        more = chance.integers(rows, size=(2 * count, 2))
        found = fresh_pairs(np.concatenate([found, more]), asked, rows)
        if len(found) >= count:
            break
    return found[:count]


def balanced_pairs(labels: NDArray[np.int64], asked: Pairs, count: int, chance: np.random.Generator) -> Pairs:
    """Up to (count, 2) pairs, every second one of one class, the others of two classes, all classes alike.

    No annotator could be asked so: it takes the labels that the answers are to replace. Our reading of the
    class-balanced baseline.

    Args:
        labels: (N,) class of each row.
        asked: Pairs not to give again.
        count: How many.
        chance: Draws.
    """
    classes = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    found = np.empty((0, 2), np.int64)
    for _ in range(_TRIES):
        more = [_drawn(classes, number % 2 == 0, chance) for number in range(len(found), len(found) + count)]
        found = fresh_pairs(np.concatenate([found, np.array(more, np.int64)]), asked, len(labels))
        if len(found) >= count:
            break
    return found[:count]


def _drawn(classes: list[NDArray[np.int64]], same: bool, chance: np.random.Generator) -> tuple[int, int]:
    if same:
        of = classes[chance.integers(len(classes))]
        return int(chance.choice(of)), int(chance.choice(of))
    one, other = chance.choice(len(classes), 2, replace=False)
    return int(chance.choice(classes[one])), int(chance.choice(classes[other]))
