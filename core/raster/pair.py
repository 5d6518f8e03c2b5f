"""Two sources of two dates on one grid: what every later step starts from."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from changeseek.core.errors import NoOverlapError, ShiftUnknownError
from changeseek.core.raster.check.findings import PairCheck
from changeseek.core.raster.dates import DatePair, check_order, parse_dates
from changeseek.core.raster.gap import RadiometryGap, measure_gap
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.matching import measure_match, stable_pixels
from changeseek.core.raster.overlap import finer_first, working_grid
from changeseek.core.raster.radiometry import Stretch, measure_stretch
from changeseek.core.raster.registration import stored_pixels
from changeseek.core.raster.sample import Sample, sample_pair
from changeseek.core.raster.source import RasterSource, describe_source

_log = logging.getLogger(__name__)

# A shift is measured to about a tenth of a pixel; whole pixels are moved without resampling.
_MOVED_DIGITS = 1


@dataclass(frozen=True, slots=True)
class RasterPair:
    """Two dates of one place. Plain data: it can be written down, and read in any thread or process.

    Attributes:
        before: The earlier source.
        after: The later source.
        grid: The grid on which both are read; it covers only ground that both share.
        stretch_before: How stored values of the before date become 0..255.
        stretch_after: The same for the after date, its match to the before date included.
        dates: When they were taken, None where unknown.
        gap: How different their light was before it was matched; None where it was not measured.
        check: What a look at both found; None where nobody looked.
        moved: Stored pixels (columns, rows) by which `after` has been moved back onto the before date.
    """

    before: RasterSource
    after: RasterSource
    grid: PixelGrid
    stretch_before: Stretch
    stretch_after: Stretch
    dates: DatePair
    gap: RadiometryGap | None = None
    check: PairCheck | None = None
    moved: tuple[float, float] = (0.0, 0.0)


def open_pair(
    before: str | Path,
    after: str | Path,
    *,
    bands: Sequence[int] | None = None,
    bands_after: Sequence[int] | None = None,
    gsd: float | None = None,
    extent: Sequence[float] | None = None,
    dates: str | tuple[date, date] | None = None,
    match: bool = True,
) -> RasterPair:
    """Look at two rasters, lay one grid over the ground they share and measure their radiometry.

    The date with the smaller pixels gives CRS and pixels; the other is warped to it while it is read.

    Args:
        before: The earlier raster: anything GDAL opens.
        after: The later raster.
        bands: 1-based red, green, blue (or one band for grey) of the before date; None chooses.
        bands_after: The same for the after date; None takes `bands`, if those are given, for it too.
        gsd: Side of a pixel in metres on the ground; None keeps the finer date's pixels.
        extent: xmin, ymin, xmax, ymax in the finer date's CRS; None takes all of the overlap.
        dates: "2009-08-18,2015-09-26" or two dates; None looks at tags and file names.
        match: Give the after date the before date's mean and spread, once over the whole scene.

    Raises:
        BadInputError: One of its subclasses in `changeseek.core.errors`, named for what is wrong.
    """
    told = parse_dates(dates) if isinstance(dates, str) else check_order(dates)
    first = describe_source(before, bands)
    second = describe_source(after, bands_after if bands_after is not None else bands)
    grid = working_grid(*finer_first(first, second), gsd, extent)
    before_stretch, after_stretch, gap = _measure(first, second, grid, match=match)
    days = told or (first.date, second.date)
    return RasterPair(first, second, grid, before_stretch, after_stretch, days, gap)


def moved_back(pair: RasterPair) -> RasterPair:
    """The pair with its after date moved by the shift that its check found, to a tenth of a pixel.

    The grid stays, so pixels at its edge that the moved date does not reach are not valid any more.

    Raises:
        ShiftUnknownError: The pair was not checked, or its shift could not be measured.
    """
    if pair.check is None or pair.check.shift is None:
        raise ShiftUnknownError(
            "the shift between the dates could not be measured, so it cannot be taken out",
            "Leave --shift-dates out, or align the rasters first, in QGIS with the Georeferencer",
        )
    east, south = (round(pixels, _MOVED_DIGITS) for pixels in pair.check.shift)
    if (east, south) == (0.0, 0.0):
        return pair
    moved = stored_pixels(pair.after, pair.grid, east, south)
    after = pair.after.moved(*moved)
    before_stretch, after_stretch, _ = _measure(pair.before, after, pair.grid, match=True)
    return replace(pair, after=after, stretch_before=before_stretch, stretch_after=after_stretch, moved=moved)


def _measure(
    before: RasterSource, after: RasterSource, grid: PixelGrid, *, match: bool
) -> tuple[Stretch, Stretch, RadiometryGap]:
    sample_before, sample_after = sample_pair(before, after, grid)
    valid_before, valid_after = (np.isfinite(sample).all(axis=0) for sample in (sample_before, sample_after))
    for source, valid in ((before, valid_before), (after, valid_after)):
        if not valid.any():
            raise NoOverlapError(
                f"{source.name} has no valid pixel where the dates overlap",
                "Check its nodata value and its mask, or give another extent",
            )
    shared = valid_before & valid_after
    if not shared.any():
        raise NoOverlapError(
            f"{before.name} and {after.name} share no valid pixel",
            "Give rasters whose data overlap, not only frames",
        )
    _log.debug("radiometry from %d pixels that are valid on both dates", np.count_nonzero(shared))
    return _stretches(before, after, sample_before[:, shared], sample_after[:, shared], match=match)


def _stretches(
    before: RasterSource, after: RasterSource, values_before: Sample, values_after: Sample, *, match: bool
) -> tuple[Stretch, Stretch, RadiometryGap]:
    stable = stable_pixels(values_before, values_after)
    stable_before, stable_after = values_before[:, stable], values_after[:, stable]
    stretch_before, stretch_after = _own_stretch(before, stable_before), _own_stretch(after, stable_after)
    scaled = stretch_before.scaled(stable_before), stretch_after.scaled(stable_after)
    # Stored values of one kind are compared as they are, not as each date's own stretch shows them.
    alike = before.dtype == after.dtype
    gap = measure_gap(scaled[0], stretch_before.scaled(stable_after) if alike else scaled[1])
    if not match:
        return stretch_before, stretch_after, gap
    return stretch_before, stretch_after.matched(*measure_match(*scaled)), gap


def _own_stretch(source: RasterSource, sample: Sample) -> Stretch:
    return measure_stretch(sample, is_8_bit=source.palette or source.dtype == "uint8")
