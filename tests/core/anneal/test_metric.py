"""The metric head: what answers change, and what they leave."""

from __future__ import annotations

import numpy as np

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.metric import train_metric
from changeseek.core.evaluation.anneal.judging import judge
from changeseek.tests.core.anneal.grouped import answered_by, grouped


def test_without_answers_it_is_the_plain_cosine() -> None:
    vectors, _ = grouped(40)
    none = AnsweredPairs.none()

    metric = train_metric(vectors, none.pairs, none.similar)

    pairs = np.array([(0, 1), (2, 7), (5, 5)])
    plain = 1 - (vectors[pairs[:, 0]] * vectors[pairs[:, 1]]).sum(axis=1)
    np.testing.assert_allclose(metric.embed(vectors), vectors, atol=1e-6)
    np.testing.assert_allclose(metric.distances(vectors, pairs), plain, atol=1e-6)


def test_answers_bring_the_groups_of_vectors_that_nobody_was_asked_about_together() -> None:
    vectors, groups = grouped(120)
    unseen, their_groups = grouped(80, seed=5)
    answered = answered_by(groups, 300)

    metric = train_metric(vectors, answered.pairs, answered.similar)

    plain, learned = judge(unseen, their_groups), judge(metric.embed(unseen), their_groups)
    assert learned.mean_ap > plain.mean_ap + 0.1


def test_a_handful_of_answers_leaves_every_vector_near_to_what_it_was() -> None:
    vectors, groups = grouped(120)
    answered = answered_by(groups, 4)

    learned = train_metric(vectors, answered.pairs, answered.similar).embed(vectors)

    others = np.setdiff1d(np.arange(120), answered.pairs)
    assert (learned[others] * vectors[others]).sum(axis=1).mean() > 0.9


def test_many_answers_that_chance_gave_leave_likeness_nearly_as_it_was() -> None:
    vectors, groups = grouped(200)
    unseen, _ = grouped(80, seed=5)
    answered = answered_by(groups, 400)
    by_chance = np.random.default_rng(0).permutation(answered.similar)

    unit = train_metric(vectors, answered.pairs, by_chance).embed(unseen)

    each = np.triu_indices(len(unseen), k=1)
    assert np.corrcoef((unit @ unit.T)[each], (unseen @ unseen.T)[each])[0, 1] > 0.8


def test_the_same_answers_give_the_same_metric_to_the_bit() -> None:
    vectors, groups = grouped(60)
    answered = answered_by(groups, 50)

    first, second = (train_metric(vectors, answered.pairs, answered.similar) for _ in range(2))

    np.testing.assert_array_equal(first.embed(vectors), second.embed(vectors))


def test_rows_have_unit_length_and_a_zero_row_stays_zero() -> None:
    vectors, groups = grouped(60)
    answered = answered_by(groups, 50)
    metric = train_metric(vectors, answered.pairs, answered.similar)

    found = metric.embed(np.concatenate([vectors, np.zeros_like(vectors[:1])]))

    np.testing.assert_allclose(np.linalg.norm(found[:-1], axis=1), 1, atol=1e-5)
    assert not found[-1].any()
