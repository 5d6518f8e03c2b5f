"""Pairs by chance."""

from __future__ import annotations

import numpy as np

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.random_pairs import balanced_pairs, uniform_pairs

_NONE = AnsweredPairs.none().pairs


def test_when_all_pairs_are_asked_there_are_no_more() -> None:
    chance = np.random.default_rng(0)
    every = uniform_pairs(4, _NONE, 6, chance)

    assert len(every) == 6
    assert not len(uniform_pairs(4, every, 5, chance))


def test_half_of_the_balanced_pairs_are_of_one_class_however_rare_it_is() -> None:
    labels = np.array([0] * 95 + [1] * 5)

    found = balanced_pairs(labels, _NONE, 40, np.random.default_rng(0))

    same = labels[found[:, 0]] == labels[found[:, 1]]
    assert 0.35 < same.mean() < 0.65
    assert (labels[found[same, 0]] == 1).sum() >= 5
