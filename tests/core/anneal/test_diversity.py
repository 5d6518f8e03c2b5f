"""Clusters of uncertain pairs."""

from __future__ import annotations

import numpy as np

from changeseek.core.anneal.diversity import cluster, most_uncertain_of_each
from changeseek.core.model.interface import Vectors


def _heaps() -> Vectors:
    chance = np.random.default_rng(0)
    heaps = np.repeat(10 * np.eye(5), 8, axis=0) + chance.normal(size=(40, 5)) / 10
    return heaps.astype(np.float32)


def test_one_pair_of_each_heap_is_chosen_and_that_is_its_most_uncertain() -> None:
    uncertainty = -np.random.default_rng(1).random(40)

    chosen = most_uncertain_of_each(uncertainty, cluster(_heaps(), 5, seed=0), 5)

    assert sorted(chosen // 8) == [0, 1, 2, 3, 4]
    assert set(chosen) == {8 * heap + int(uncertainty[8 * heap : 8 * heap + 8].argmax()) for heap in range(5)}
    assert (np.diff(uncertainty[chosen]) <= 0).all()


def test_equal_features_make_one_cluster_and_the_next_most_uncertain_fill_up() -> None:
    clusters = cluster(np.ones((12, 3), np.float32), 4, seed=0)
    uncertainty = -np.arange(12.0)

    np.testing.assert_array_equal(most_uncertain_of_each(uncertainty, clusters, 4), [0, 1, 2, 3])


def test_clusters_follow_from_the_seed() -> None:
    features = np.random.default_rng(0).normal(size=(60, 4)).astype(np.float32)

    np.testing.assert_array_equal(cluster(features, 6, seed=3), cluster(features, 6, seed=3))
