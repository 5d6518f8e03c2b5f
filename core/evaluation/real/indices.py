"""Spectral indices and the threshold between two kinds of ground in one of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating[Any]]

_BINS = 256


def normalised_difference(one: Values, other: Values) -> Values:
    """(one − other) / (one + other), −1..1, of two bands without negative values; 0 where both are 0."""
    total = one + other
    return np.divide(one - other, total, out=np.zeros_like(total), where=total > 0)


def otsu(values: Values) -> float:
    """The threshold that parts values into two classes of the least spread within (Otsu 1979).

    256 bins over the values' range; the value itself where there is but one.
    """
    counts, edges = np.histogram(values, bins=_BINS)
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts) / counts.sum()
    mean_below = np.cumsum(counts * middles) / counts.sum()
    apart = (mean_below[-1] * below - mean_below) ** 2
    between = np.divide(apart, below * (1 - below), out=np.zeros_like(apart), where=(below > 0) & (below < 1))
    return float(edges[int(between.argmax()) + 1])
