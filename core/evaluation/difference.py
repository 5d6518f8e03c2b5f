"""Pixel difference with the light of the two dates matched: the plain way to find that something changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.model.interface import Patches

_AT_ONCE = 64
_LEAST_SPREAD = 1.0
_PIXELS = (2, 3)


def matched_differences(before: Patches, after: Patches) -> NDArray[np.float32]:
    """(N,) mean absolute difference of two dates (N, 3, P, P) of one mean and spread in each band, 0..255.

    A composed pair belongs to no larger scene, so that each pair is matched by itself, which takes away part
    of a change that covers much of it.
    """
    starts = range(0, len(before), _AT_ONCE)
    few = [_differences(before[at : at + _AT_ONCE], after[at : at + _AT_ONCE]) for at in starts]
    return np.concatenate([*few, np.empty(0, np.float32)])


def _differences(before: Patches, after: Patches) -> NDArray[np.float32]:
    old, new = before.astype(np.float32), after.astype(np.float32)
    spreads = [date.std(axis=_PIXELS, keepdims=True) for date in (old, new)]
    # Both dates take the spread between their own, so that the order of the dates makes no difference.
    common = (spreads[0] + spreads[1]) / 2
    matched = [
        (date - date.mean(axis=_PIXELS, keepdims=True)) / np.maximum(spread, _LEAST_SPREAD) * common
        for date, spread in zip((old, new), spreads, strict=True)
    ]
    found: NDArray[np.float32] = np.abs(matched[1] - matched[0]).mean(axis=(1, 2, 3))
    return found
