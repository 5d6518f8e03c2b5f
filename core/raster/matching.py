"""Takes the difference in light between two dates out of the later one, over the whole scene."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.radiometry import Floats

_ROUNDS = 3
# A pixel that differs so many times more than the median pixel is a cloud or a change.
_OUTLIER = 6.0
_GAIN_LIMITS = (0.25, 4.0)
# Spread on the 0..255 scale below which a band holds nothing to match.
_FLAT = 0.5


def stable_pixels(before: Floats, after: Floats) -> NDArray[np.bool_]:
    """Pixels that are no cloud and no violent change, whatever the units of the two dates.

    Clouds seldom hang over the same place twice; left in, they would take most of a stretch's range and
    steer the match.

    Args:
        before: (3, N), pixels that are valid on both dates.
        after: (3, N), the same places.

    Returns:
        (N,) bool; most of them, where the scene is clear.
    """
    stable = np.ones(before.shape[1], dtype=bool)
    for _ in range(_ROUNDS):
        difference = np.abs(_standardised(before, stable) - _standardised(after, stable)).sum(axis=0)
        stable = difference <= _OUTLIER * np.median(difference) + np.finfo(np.float32).eps
    return stable


def _standardised(values: Floats, stable: NDArray[np.bool_]) -> Floats:
    """Values in units of their own median and interquartile range, which clouds do not move."""
    low, middle, high = np.percentile(values[:, stable], (25, 50, 75), axis=1)[:, :, None]
    return np.asarray((values - middle) / np.where(high > low, high - low, np.inf))


def measure_match(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """Gain and offset per band that give the after date the before date's mean and spread.

    Args:
        before: (3, N) on the 0..255 scale, stable pixels.
        after: (3, N), the same places.

    Returns:
        gain (3,) and offset (3,); 1 and 0 for a band that is constant on either date.
    """
    spread_before, spread_after = before.std(axis=1), after.std(axis=1)
    flat = (spread_before < _FLAT) | (spread_after < _FLAT)
    gain = np.where(flat, 1.0, spread_before / np.where(flat, 1.0, spread_after)).clip(*_GAIN_LIMITS)
    offset = np.where(flat, 0.0, before.mean(axis=1) - gain * after.mean(axis=1))
    return gain, offset
