"""Phase correlation: how well two windows lie on each other at each shift."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.check.edges import Edges, doubled

Surface = NDArray[np.float32]

# Spread in pixels to which the correlation's peak is blurred: wide enough to be seen between pixels, and
# noise, which lives in the finest details, counts for less.
_PEAK_SPREAD = 0.8
# Parts of a window by which the dates may be shifted for its two halves to have enough in common.
_MOST_SHIFT = 4


class Peak(NamedTuple):
    """The best shift of a surface.

    Attributes:
        east: Pixels by which the second window lies further east.
        south: Pixels by which it lies further south.
        height: Of the peak, in standard deviations of the surface.
    """

    east: float
    south: float
    height: float


def correlate(before: Edges, after: Edges) -> Surface:
    """Correlation at each shift of up to a quarter of the window, in units of its standard deviation.

    The sum of two: edges with the side on which they are bright, and without it, for a field that was darker
    than the road beside it may be brighter on the other date.

    Args:
        before: (N, N) complex64.
        after: The same window on the other date.

    Returns:
        (M, M) float32, no shift in its middle, east to the right and south downwards.
    """
    both = _phases(before, after) + _phases(doubled(before), doubled(after))
    most = before.shape[0] // _MOST_SHIFT
    middle = before.shape[0] // 2
    near = slice(middle - most - 1, middle + most + 2)
    surface = np.fft.fftshift(np.fft.ifft2(both * _blur(before.shape[0])).real)[near, near]
    return np.asarray(surface / surface.std(), dtype=np.float32)


def find_peak(surface: Surface) -> Peak:
    """The highest point between the pixels: a parabola through the logarithm of a peak is exact for ours."""
    middle = surface.shape[0] // 2
    inner = surface[1:-1, 1:-1]
    row, col = (int(place) + 1 for place in np.unravel_index(int(inner.argmax()), inner.shape))
    south = row - middle + _between(*surface[row - 1 : row + 2, col].tolist())
    east = col - middle + _between(*surface[row, col - 1 : col + 2].tolist())
    return Peak(east, south, float(surface[row, col] / surface.std()))


def _phases(before: Edges, after: Edges) -> NDArray[np.complex64]:
    spectrum = np.conj(np.fft.fft2(before)) * np.fft.fft2(after)
    size = np.abs(spectrum)
    return np.asarray(spectrum / (size + 1e-9 * size.max()), dtype=np.complex64)


def _blur(side: int) -> NDArray[np.float32]:
    along = np.exp(-2 * (np.pi * _PEAK_SPREAD * np.fft.fftfreq(side)) ** 2)
    return np.outer(along, along).astype(np.float32)


def _between(left: float, middle: float, right: float) -> float:
    low, top, high = np.log(np.maximum([left, middle, right], 1e-6))
    bend = low - 2 * top + high
    return float(np.clip((low - high) / (2 * bend), -0.5, 0.5)) if bend < 0 else 0.0
