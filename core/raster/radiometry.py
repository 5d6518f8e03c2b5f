"""One linear map per band from stored values to 0..255, measured once per raster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Outside these percentiles lie glints, sensor faults and the odd cloud.
_PERCENTILES = (1.0, 99.0)
# 8-bit imagery whose bands together use over a third of the range was made to be looked at: leave it.
_WELL_STRETCHED = 96.0
# A band is amplified at most so many times more than the widest, or a forest's colours become noise.
_MOST_AMPLIFIED = 2.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Linear stretch of three bands; `low` becomes 0 and `high` 255, what lies outside is clipped.

    Attributes:
        low: Stored value of each band that becomes 0.
        high: Stored value of each band that becomes 255; greater than low.
    """

    low: tuple[float, float, float]
    high: tuple[float, float, float]

    def scaled(self, values: NDArray[Any]) -> Floats:
        """Values (3, ...) of the source on the 0..255 scale, neither rounded nor clipped."""
        gain, offset = self._gain_offset()
        shape = (3,) + (1,) * (values.ndim - 1)
        return np.asarray(values * gain.reshape(shape) + offset.reshape(shape))

    def apply(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        """Values (3, H, W) of the source as (3, H, W) uint8."""
        if values.dtype == np.uint8 and self == IDENTITY:
            return values
        if values.dtype.kind in "ui" and values.dtype.itemsize <= 2:
            return self._apply_table(values)
        return _to_bytes(self.scaled(values))

    def matched(self, gain: Floats, offset: Floats) -> Stretch:
        """This stretch followed by `gain * x + offset` per band on the 0..255 scale."""
        own_gain, own_offset = self._gain_offset()
        return _from_gain_offset(own_gain * gain, own_offset * gain + offset)

    def _gain_offset(self) -> tuple[Floats, Floats]:
        low = np.asarray(self.low, dtype=np.float64)
        gain = 255.0 / (np.asarray(self.high, dtype=np.float64) - low)
        return gain, -low * gain

    def _apply_table(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        unsigned = np.dtype(f"u{values.dtype.itemsize}")
        every = np.arange(256**values.dtype.itemsize, dtype=unsigned).view(values.dtype)
        tables = _to_bytes(self.scaled(np.broadcast_to(every, (3, every.size))))
        return np.stack(
            [np.take(table, band.view(unsigned)) for table, band in zip(tables, values, strict=True)]
        )


IDENTITY = Stretch((0.0, 0.0, 0.0), (255.0, 255.0, 255.0))


def _to_bytes(scaled: Floats) -> NDArray[np.uint8]:
    return np.rint(np.clip(np.nan_to_num(scaled), 0.0, 255.0)).astype(np.uint8)


def _from_gain_offset(gain: Floats, offset: Floats) -> Stretch:
    low = -offset / gain
    red, green, blue = low.tolist()
    high_red, high_green, high_blue = (low + 255.0 / gain).tolist()
    return Stretch((red, green, blue), (high_red, high_green, high_blue))


def measure_stretch(values: NDArray[Any], *, is_8_bit: bool) -> Stretch:
    """Stretch for a raster from a sample of its valid pixels.

    8-bit imagery that already uses its range is left as it is. A constant band becomes black.

    Args:
        values: (3, N), any dtype; N may be 0.
        is_8_bit: The raster stores uint8.
    """
    if values.shape[1] == 0:
        return IDENTITY
    low, high = np.percentile(values.astype(np.float64), _PERCENTILES, axis=1)
    if is_8_bit and high.max() - low.min() >= _WELL_STRETCHED:
        return IDENTITY
    widest = float((high - low).max())
    span = np.maximum(high - low, widest / _MOST_AMPLIFIED if widest > 0 else 1.0)
    return _from_gain_offset(255.0 / span, -low * 255.0 / span)
