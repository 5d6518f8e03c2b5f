"""Which pairs are proposed."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.metric import train_metric
from changeseek.core.anneal.pairs import all_pairs, pair_keys
from changeseek.core.anneal.selection import STRATEGIES, Strategy, propose
from changeseek.tests.core.anneal.grouped import answered_by, grouped

_UNCERTAIN: list[Strategy] = ["mgue+clustering", "bcgue+clustering", "mgue", "bcgue"]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_pair_is_asked_twice_and_no_tile_against_itself(strategy: Strategy) -> None:
    vectors, groups = grouped(12)
    answered = answered_by(groups, 6)
    for seed in range(4):
        more = propose(strategy, vectors, None, answered, 10, seed, labels=groups)
        answered = answered.plus(more, groups[more[:, 0]] == groups[more[:, 1]])

    assert len(np.unique(pair_keys(answered.pairs, 12))) == len(answered) == 46
    assert (answered.pairs[:, 0] != answered.pairs[:, 1]).all()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_proposals_follow_from_the_seed(strategy: Strategy) -> None:
    vectors, groups = grouped(60)
    answered = answered_by(groups, 20)
    metric = train_metric(vectors, answered.pairs, answered.similar)

    first, second = (propose(strategy, vectors, metric, answered, 8, 3, labels=groups) for _ in range(2))

    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("strategy", _UNCERTAIN)
def test_uncertain_pairs_are_more_often_similar_than_pairs_by_chance(strategy: Strategy) -> None:
    # Of many groups few pairs are similar: that is where chance wastes answers.
    vectors, groups = grouped(200, groups=20, noise=0.3)
    first = propose("uniform", vectors, None, AnsweredPairs.none(), 100, 0)
    answered = AnsweredPairs(first, groups[first[:, 0]] == groups[first[:, 1]])
    metric = train_metric(vectors, answered.pairs, answered.similar)

    proposed = propose(strategy, vectors, metric, answered, 40, 0)

    by_chance = (groups[:, None] == groups[None, :]).mean()
    assert (groups[proposed[:, 0]] == groups[proposed[:, 1]]).mean() > 1.5 * by_chance


def test_only_the_candidates_are_proposed_and_fewer_where_there_are_no_more() -> None:
    vectors, groups = grouped(60)
    candidates = all_pairs(np.arange(4))
    answered = answered_by(groups, 20).plus(candidates[:2], np.array([True, False]))

    proposed = propose("mgue+clustering", vectors, None, answered, 8, 0, candidates)

    assert len(proposed) <= 4
    assert set(pair_keys(proposed, 60)) <= set(pair_keys(candidates[2:], 60))


def test_before_the_first_answer_pairs_come_by_chance() -> None:
    vectors, _ = grouped(60)

    assert propose("bcgue+clustering", vectors, None, AnsweredPairs.none(), 8, 0).shape == (8, 2)


@pytest.mark.parametrize("strategy", ["mgue", "bcgue"])
def test_while_nothing_was_similar_the_likest_pairs_are_asked_about(strategy: Strategy) -> None:
    vectors, groups = grouped(60)
    pairs = answered_by(groups, 20).pairs
    answered = AnsweredPairs(pairs, np.zeros(len(pairs), np.bool_))

    proposed = propose(strategy, vectors, None, answered, 8, 0)

    likeness = vectors @ vectors.T
    asked = likeness[pairs[:, 0], pairs[:, 1]]
    assert likeness[proposed[:, 0], proposed[:, 1]].mean() > asked.mean()


def test_balance_by_class_needs_labels() -> None:
    vectors, _ = grouped(60)

    with pytest.raises(ValueError, match="labels"):
        propose("class-balanced", vectors, None, AnsweredPairs.none(), 8, 0)
