"""Pairs of rows as one number each, so that what was asked already is left out at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import Pairs


def pair_keys(pairs: Pairs, rows: int) -> NDArray[np.int64]:
    """(M,) int64, the same for (i, j) and (j, i); `rows` is the number of vectors."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    keys: NDArray[np.int64] = low * np.int64(rows) + high
    return keys


def fresh_pairs(pairs: Pairs, asked: Pairs, rows: int) -> Pairs:
    """Each pair once, in the order given, without those of a row with itself and those already asked."""
    keys = pair_keys(pairs, rows)
    first = np.zeros(len(pairs), np.bool_)
    first[np.unique(keys, return_index=True)[1]] = True
    new: NDArray[np.bool_] = first & (pairs[:, 0] != pairs[:, 1]) & ~np.isin(keys, pair_keys(asked, rows))
    fresh: Pairs = pairs[new]
    return fresh


def all_pairs(rows: NDArray[np.int64]) -> Pairs:
    """(R (R - 1) / 2, 2) int64, every pair of the given rows."""
    first, second = np.triu_indices(len(rows), k=1)
    return np.stack([rows[first], rows[second]], axis=1)
