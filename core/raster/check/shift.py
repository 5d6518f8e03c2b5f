"""By how much the after date lies beside the before date, from many places that must agree."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from changeseek.core.raster.check.correlation import Peak, Surface, find_peak

# Pixels within which a place agrees with all.
_AGREES = 2.0
# What chance does not reach: places that agree, and the height of the peak of their sum.
_LEAST_AGREEMENT = 0.25
_LEAST_PLACES = 3
_LEAST_HEIGHT = 8.0
# So high a peak needs no second opinion.
_SURE_HEIGHT = 14.0


class Shift(NamedTuple):
    """What the places say together; see `PairCheck`."""

    pixels: tuple[float, float] | None
    agreement: float
    spread: float | None
    places: int


def agree_on_shift(surfaces: list[Surface]) -> Shift:
    """The shift on which most places agree.

    All surfaces are added up, the places whose own peak lies near the peak of the sum are added up again, and
    their peak is the shift: change, clouds and repeating patterns point everywhere, the shift to one point.

    Args:
        surfaces: Correlations of the places with texture, of one shape.
    """
    if not surfaces:
        return Shift(None, 0.0, None, 0)
    rough = find_peak(_sum(surfaces))
    own = [find_peak(surface) for surface in surfaces]
    near = [place for place, peak in enumerate(own) if _distance(peak, rough) <= _AGREES]
    agreement = round(len(near) / len(surfaces), 3)
    if not near:
        return Shift(None, agreement, None, len(surfaces))
    found = find_peak(_sum([surfaces[place] for place in near]))
    if not _is_sure(found, len(near), agreement):
        return Shift(None, agreement, None, len(surfaces))
    spread = float(np.median([_distance(own[place], found) for place in near]))
    pixels = round(found.east, 2) + 0.0, round(found.south, 2) + 0.0
    return Shift(pixels, agreement, round(spread, 2), len(surfaces))


def _is_sure(peak: Peak, places: int, agreement: float) -> bool:
    several = places >= _LEAST_PLACES and agreement >= _LEAST_AGREEMENT
    return peak.height >= (_LEAST_HEIGHT if several else _SURE_HEIGHT)


def _sum(surfaces: list[Surface]) -> Surface:
    return np.asarray(np.sum(surfaces, axis=0, dtype=np.float32))


def _distance(one: Peak, other: Peak) -> float:
    return float(np.hypot(one.east - other.east, one.south - other.south))
