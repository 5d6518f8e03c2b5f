"""What the look at both dates found. Light: an index's record is read without any raster library."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class PairCheck:
    """What was found before two dates are indexed; the same rasters give the same numbers.

    Attributes:
        shift: Pixels of the working grid by which the after date lies too far (east, south); None where
            that could not be measured with confidence.
        agreement: Share 0..1 of the places with texture whose own shift is within two pixels of it.
        spread: Median distance in pixels of these places' shifts from it; None where it is None.
        places: Places with texture that were looked at.
        overlap: Share 0..1 of the smaller raster's ground that both dates cover.
        valid: Share 0..1 of the pixels looked at that are valid on both dates.
        brightness: Levels of 255 by which the after date is brighter, before the dates are matched.
        contrast: Spread of its values over the before date's, before the dates are matched.
        band_order: Bands of the after date in an order in which they look more like the before date's; None
            where their order is right.
        grey: `before` or `after` where that date alone has one band.
        cloudy_before: Share 0..1 of the before date that looks like cloud; a guess.
        cloudy_after: The same for the after date.
    """

    shift: tuple[float, float] | None
    agreement: float
    spread: float | None
    places: int
    overlap: float
    valid: float
    brightness: float
    contrast: float
    band_order: tuple[int, int, int] | None
    grey: str | None
    cloudy_before: float
    cloudy_after: float

    @property
    def distance(self) -> float | None:
        """Length of the shift in pixels of the working grid."""
        return None if self.shift is None else math.hypot(*self.shift)

    @classmethod
    def from_json(cls, values: dict[str, Any] | None) -> PairCheck | None:
        """Read what `dataclasses.asdict` made; None where an index was not checked, or not in this way."""
        names = [field.name for field in fields(cls)]
        if values is None or not set(names) <= values.keys():
            return None
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**{name: (values | lists)[name] for name in names})
