"""Vectors in groups: some directions tell the group, as many others tell nothing but vary more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.random_pairs import balanced_pairs
from changeseek.core.model.interface import Vectors

GROUPS = 4
_TELLING, _NOISE = 8, 24


def grouped(
    rows: int, seed: int = 0, groups: int = GROUPS, noise: float = 1.2
) -> tuple[Vectors, NDArray[np.int64]]:
    """(rows, D) unit vectors and the group of each."""
    chance = np.random.default_rng(seed)
    own = np.arange(rows, dtype=np.int64) % groups
    centres = np.random.default_rng(1).normal(size=(groups, _TELLING))
    telling = centres[own] + 0.5 * chance.normal(size=(rows, _TELLING))
    nothing = noise * chance.normal(size=(rows, _NOISE))
    vectors = np.concatenate([telling, nothing], axis=1).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), own


def answered_by(groups: NDArray[np.int64], count: int, seed: int = 0) -> AnsweredPairs:
    """Answers by the groups, of half similar pairs."""
    drawn = balanced_pairs(groups, AnsweredPairs.none().pairs, count, np.random.default_rng(seed))
    return AnsweredPairs(drawn, groups[drawn[:, 0]] == groups[drawn[:, 1]])
