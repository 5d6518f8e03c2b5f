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

    The border with the fewest errors on the answered pairs, the middle one of those that are equally good;
    where the kinds do not overlap the midpoint of their means, if that lies between them. Ours: as long as
    all answers are of one kind, the border lies where the other must begin, beyond the nearest or farthest.

    Args:
        distances: (M,) of the answered pairs, at least one.
        similar: (M,) bool.
    """
    near, far = distances[similar], distances[~similar]
    if not len(near) or not len(far):
        return float(distances.min() if len(far) else distances.max())
    midpoint = float((near.mean(dtype=np.float64) + far.mean(dtype=np.float64)) / 2)
    if near.max() < midpoint < far.min():
        return midpoint
    borders = _borders(distances)
    errors = len(near) - np.searchsorted(np.sort(near), borders) + np.searchsorted(np.sort(far), borders)
    best = np.flatnonzero(errors == errors.min())
    return float(borders[best[len(best) // 2]])


def _borders(distances: NDArray[np.floating]) -> NDArray[np.float64]:
    """One below all distances, one between each two, one above all."""
    known = np.unique(distances).astype(np.float64)
    ends = known[0] - 1e-6, known[-1] + 1e-6
    return np.concatenate([[ends[0]], (known[1:] + known[:-1]) / 2, [ends[1]]])


def mgue_uncertainty(distances: NDArray[np.floating], threshold: float) -> NDArray[np.float64]:
    """(M,) at most 0, higher is more uncertain: closeness to the threshold."""
    uncertain: NDArray[np.float64] = -np.abs(np.asarray(distances, np.float64) - threshold)
    return uncertain
