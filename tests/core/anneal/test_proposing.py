"""Which pairs reach people, and what is said of each."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.learned import learn
from changeseek.core.anneal.pairs import all_pairs
from changeseek.core.anneal.proposing import REAL_STRATEGIES, check_strategy, proposed_pairs
from changeseek.core.errors import FeedbackError
from changeseek.tests.core.anneal.grouped import answered_by, grouped


@pytest.mark.parametrize("strategy", REAL_STRATEGIES)
def test_neither_answered_nor_skipped_pairs_come_again(strategy: str) -> None:
    vectors, groups = grouped(12)
    learned = learn(vectors, answered_by(groups, 20))
    every = all_pairs(np.arange(12))
    said = {tuple(sorted(pair)) for pair in learned.answered.pairs.tolist()}
    left = [pair for pair in every.tolist() if tuple(pair) not in said]
    skipped = np.array(left[::2])

    found = proposed_pairs(check_strategy(strategy), vectors, learned, skipped, len(every), 0, every)

    assert {(one.first, one.second) for one in found} == {tuple(pair) for pair in left[1::2]}
    assert all(0 <= one.probability <= 1 for one in found)


def test_before_the_first_answer_it_says_that_chance_chose() -> None:
    vectors, _ = grouped(12)
    learned = learn(vectors, AnsweredPairs.none())

    (found,) = proposed_pairs("mgue", vectors, learned, np.empty((0, 2), np.int64), 1, 0, None)

    assert (found.probability, found.why) == (0.5, "drawn by chance")


@pytest.mark.parametrize("name", ["class-balanced", "guessing"])
def test_people_cannot_use_a_strategy_that_needs_labels_or_is_unknown(name: str) -> None:
    with pytest.raises(FeedbackError, match=name):
        check_strategy(name)
