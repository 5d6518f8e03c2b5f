"""Which pairs reach people, and what is said of each."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.anneal.answers import AnsweredPairs, Pairs
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


def test_while_all_answers_are_of_one_kind_it_does_not_say_that_chance_chose() -> None:
    vectors, groups = grouped(60)
    pairs = answered_by(groups, 20).pairs
    learned = learn(vectors, AnsweredPairs(pairs, np.zeros(len(pairs), np.bool_)))

    (found,) = proposed_pairs("mgue", vectors, learned, np.empty((0, 2), np.int64), 1, 0, None)

    assert "chance" not in found.why


def test_pairs_are_as_different_however_many_were_skipped() -> None:
    vectors, groups = grouped(40)
    learned = learn(vectors, answered_by(groups, 30))
    every = all_pairs(np.arange(40))
    skipped = every[::2]

    def chosen(candidates: Pairs, left_out: Pairs) -> list[tuple[int, int]]:
        found = proposed_pairs("mgue+clustering", vectors, learned, left_out, 8, 0, candidates)
        return [(one.first, one.second) for one in found]

    assert chosen(every, skipped) == chosen(every[1::2], np.empty((0, 2), np.int64))


@pytest.mark.parametrize("name", ["class-balanced", "guessing"])
def test_people_cannot_use_a_strategy_that_needs_labels_or_is_unknown(name: str) -> None:
    with pytest.raises(FeedbackError, match=name):
        check_strategy(name)
