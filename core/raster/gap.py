"""How different the light of two dates is before they are matched, and whether their bands fit together."""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

import numpy as np

from changeseek.core.raster.radiometry import Floats

# Spread on the 0..255 scale below which a band holds nothing to compare.
_FLAT = 0.5
# Another order of the bands must fit well, and much better than the one that is read.
_FITS, _FITS_BETTER = 0.5, 0.3
_AS_READ = (0, 1, 2)


class RadiometryGap(NamedTuple):
    """The after date against the before date, on the 0..255 scale.

    Both with the before date's stretch where they store values of one kind, else each with its own.

    Attributes:
        brightness: Levels by which it is brighter, mean of the bands.
        contrast: Spread of its values over the other's, geometric mean of the bands; 1 is alike.
        order: Positions 0..2 of its bands in the order in which their colours are like the before date's,
            where that is not the order in which they are read; else None.
    """

    brightness: float
    contrast: float
    order: tuple[int, int, int] | None


def measure_gap(before: Floats, after: Floats) -> RadiometryGap:
    """Compare stable pixels of both dates.

    Args:
        before: (3, N) on the 0..255 scale.
        after: (3, N), the same places.
    """
    spread_before, spread_after = before.std(axis=1), after.std(axis=1)
    both = (spread_before > _FLAT) & (spread_after > _FLAT)
    ratios = spread_after[both] / spread_before[both]
    contrast = float(np.exp(np.log(ratios).mean())) if both.any() else 1.0
    return RadiometryGap(float((after - before).mean()), contrast, _better_order(before, after))


def _better_order(before: Floats, after: Floats) -> tuple[int, int, int] | None:
    likeness = _colour_likeness(before, after)
    if likeness is None:
        return None
    fit = {
        order: float(np.mean([likeness[i, j] for i, j in enumerate(order)]))
        for order in permutations(_AS_READ)
    }
    best = max(fit, key=lambda order: fit[order])
    if fit[best] < _FITS or fit[best] - fit[_AS_READ] < _FITS_BETTER:
        return None
    red, green, blue = best
    return red, green, blue


def _colour_likeness(before: Floats, after: Floats) -> Floats | None:
    """Correlation of each band's difference from grey with each of the other date's; None for grey dates."""
    colours = [values - values.mean(axis=0) for values in (before, after)]
    if any((colour.std(axis=1) < _FLAT).any() for colour in colours):
        return None
    one, other = ((colour - colour.mean(axis=1)[:, None]) / colour.std(axis=1)[:, None] for colour in colours)
    return np.asarray(one @ other.T / before.shape[1])
