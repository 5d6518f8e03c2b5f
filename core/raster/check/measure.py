"""Looks at both dates of a pair before they are indexed."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.check.clouds import cloud_like
from changeseek.core.raster.check.correlation import Surface, correlate
from changeseek.core.raster.check.edges import find_edges
from changeseek.core.raster.check.findings import PairCheck
from changeseek.core.raster.check.places import places_to_look
from changeseek.core.raster.check.reading import Look, look_at
from changeseek.core.raster.check.shift import agree_on_shift
from changeseek.core.raster.gap import RadiometryGap
from changeseek.core.raster.overlap import overlap_share
from changeseek.core.raster.pair import RasterPair
from changeseek.core.raster.registration import register
from changeseek.core.raster.source import RasterSource

_NO_GAP = RadiometryGap(0.0, 1.0, None)


def checked(pair: RasterPair) -> RasterPair:
    """The same pair with what was found about it.

    Raises:
        SourceNotReadableError: A source cannot be read.
    """
    return replace(pair, check=check_pair(pair))


def check_pair(pair: RasterPair) -> PairCheck:
    """Measure shift, overlap, valid share, light, band order and clouds; about a second for any raster.

    Raises:
        SourceNotReadableError: A source cannot be read.
    """
    registrations = register(pair.before, pair.grid), register(pair.after, pair.grid)
    windows = places_to_look(pair.grid, registrations)
    tally = _Tally()
    for look in look_at(pair, registrations, windows):
        tally.add(look)
    shift, gap = agree_on_shift(tally.surfaces), pair.gap or _NO_GAP
    return PairCheck(
        shift=shift.pixels,
        agreement=shift.agreement,
        spread=shift.spread,
        places=shift.places,
        overlap=round(overlap_share(pair.before, pair.after), 3),
        valid=round(tally.valid_share, 3),
        brightness=round(gap.brightness, 1),
        contrast=round(gap.contrast, 2),
        band_order=_band_order(pair.after, gap),
        grey=_grey(pair),
        cloudy_before=round(tally.cloudy_share(0), 3),
        cloudy_after=round(tally.cloudy_share(1), 3),
    )


class _Tally:
    """What the windows add up to."""

    def __init__(self) -> None:
        self.surfaces: list[Surface] = []
        self._valid: list[float] = []
        self._cells = 0
        self._cloudy = np.zeros(2, dtype=np.int64)

    @property
    def valid_share(self) -> float:
        return float(np.mean(self._valid)) if self._valid else 1.0

    def cloudy_share(self, date: int) -> float:
        return float(self._cloudy[date]) / max(1, self._cells)

    def add(self, look: Look) -> Self:
        self._valid.append(float(look.valid.mean()))
        before, after = find_edges(look.before, look.valid), find_edges(look.after, look.valid)
        if before is not None and after is not None:
            self.surfaces.append(correlate(before, after))
        cloudy_before, known = cloud_like(look.before, look.after, look.valid)
        cloudy_after, _ = cloud_like(look.after, look.before, look.valid)
        self._cells += int(np.count_nonzero(known))
        self._cloudy += _counts(cloudy_before, cloudy_after)
        return self


def _counts(*cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.asarray([np.count_nonzero(one) for one in cells], dtype=np.int64)


def _band_order(after: RasterSource, gap: RadiometryGap) -> tuple[int, int, int] | None:
    if gap.order is None:
        return None
    red, green, blue = (after.bands[place] for place in gap.order)
    return red, green, blue


def _grey(pair: RasterPair) -> str | None:
    before, after = _has_one_band(pair.before), _has_one_band(pair.after)
    if before == after:
        return None
    return "before" if before else "after"


def _has_one_band(source: RasterSource) -> bool:
    return len(set(source.bands)) == 1 and not source.palette
