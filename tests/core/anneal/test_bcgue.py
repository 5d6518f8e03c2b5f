"""The classifier of pairs, and what is uncertain by it."""

from __future__ import annotations

import numpy as np

from changeseek.core.anneal.bcgue import bcgue_uncertainty, train_classifier
from changeseek.core.anneal.features import pair_features
from changeseek.tests.core.anneal.grouped import answered_by, grouped


def test_it_tells_pairs_that_it_has_not_seen() -> None:
    vectors, groups = grouped(120)
    classifier = train_classifier(vectors, answered_by(groups, 300))
    unseen = answered_by(groups, 200, seed=9)

    said = classifier.log_odds(vectors, unseen.pairs) > 0

    assert (said == unseen.similar).mean() > 0.7


def test_the_order_of_a_pair_says_nothing() -> None:
    vectors, groups = grouped(40)
    pairs = answered_by(groups, 10).pairs

    np.testing.assert_array_equal(pair_features(vectors, pairs), pair_features(vectors, pairs[:, ::-1]))


def test_the_less_sure_the_classifier_the_more_uncertain_the_pair() -> None:
    np.testing.assert_array_equal(np.argsort(bcgue_uncertainty(np.array([2.0, -0.1, -1.0]))), [0, 2, 1])


def test_no_pair_has_no_answer() -> None:
    vectors, groups = grouped(40)
    classifier = train_classifier(vectors, answered_by(groups, 20))

    assert classifier.log_odds(vectors, np.empty((0, 2), np.int64)).shape == (0,)
