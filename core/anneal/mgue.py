"""Metric-guided uncertainty estimation (MGUE): a pair is uncertain near a threshold of distance.

ANNEAL, arXiv 2306.11605 and 2406.10107. That a threshold on distance in the metric space is found
automatically is the papers'; how it is found here is our reading: it has the fewest
errors on the answered pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import Similar


def find_threshold(distances: NDArray[np.floating], similar: Similar) -> float:
    """Distance below which a pair counts as similar.

    The value with the fewest errors on the answered pairs, where an error counts as much as its kind is
    rare; the midpoint of the two kinds' means where they do not overlap.

    Args:
        distances: (M,) of the answered pairs.
        similar: (M,) bool, both kinds present.
    """
    near, far = distances[similar], distances[~similar]
    if near.max() < far.min():
        return float((near.mean() + far.mean()) / 2)
    order = np.sort(np.unique(distances))
    borders = np.concatenate([[order[0] - 1e-6], (order[1:] + order[:-1]) / 2, [order[-1] + 1e-6]])
    wrong = (near[None, :] >= borders[:, None]).mean(1) + (far[None, :] < borders[:, None]).mean(1)
    best = np.flatnonzero(wrong <= wrong.min() + 1e-12)
    return float(borders[best[len(best) // 2]])


def mgue_uncertainty(distances: NDArray[np.floating], threshold: float) -> NDArray[np.float64]:
    """(M,) at most 0, higher is more uncertain: closeness to the threshold."""
    uncertain: NDArray[np.float64] = -np.abs(np.asarray(distances, np.float64) - threshold)
    return uncertain
