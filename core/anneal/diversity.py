"""Pairs that are uncertain and unlike each other: the most uncertain pair of each cluster.

ANNEAL, arXiv 2306.11605 and 2406.10107. That the uncertain pairs are clustered is the papers'; that the
m h most uncertain are, into h clusters of their features by k-means, is our reading.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2

from changeseek.core.model.interface import Vectors

_ROUNDS = 10


def cluster(features: Vectors, count: int, seed: int) -> NDArray[np.int64]:
    """(M,) int64 cluster 0..count-1 of each row of features (M, F) by k-means, repeatable."""
    distinct, places = np.unique(features, axis=0, return_inverse=True)
    if len(distinct) <= count:
        return places.reshape(-1).astype(np.int64)
    with warnings.catch_warnings():
        # A cluster that loses all its rows does no harm here.
        warnings.simplefilter("ignore", UserWarning)
        found = kmeans2(features, count, iter=_ROUNDS, minit="++", rng=np.random.default_rng(seed))[1]
    return np.asarray(found, np.int64)


def most_uncertain_of_each(
    uncertainty: NDArray[np.float64], clusters: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """(count,) places, most uncertain first; where there are fewer clusters, the next best fill up."""
    order = np.argsort(-uncertainty, kind="stable")
    leads = np.zeros(len(order), np.bool_)
    leads[np.unique(clusters[order], return_index=True)[1]] = True
    chosen = np.concatenate([order[leads], order[~leads]])[:count]
    return chosen[np.argsort(-uncertainty[chosen], kind="stable")]
