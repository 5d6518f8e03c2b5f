"""Brings pixels of a source onto the working grid."""

from __future__ import annotations

import math

import numpy as np

from changeseek.core.raster.bilinear import Bytes, interpolate
from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.positions import Positions
from changeseek.core.raster.registration import Registration

# At least half of a pixel must be covered by valid pixels.
_HALF = 128
# Up to here one sample a pixel misses nothing of what lies between the samples.
_ONE_SAMPLE = 1.1
# Rows that are resampled at a time: what is computed on them stays in the processor's cache.
_SLAB_ROWS = 32


def resample(pixels: Bytes, origin: PixelWindow, registration: Registration, window: PixelWindow) -> Bytes:
    """Bring reduced source pixels onto a window of the working grid.

    Bilinear; where the source is finer than the grid, the mean of as many samples as it takes. What
    comes out for a pixel does not depend on the window.

    Args:
        pixels: (4, h, w) uint8: red, green, blue times validity, and validity 0..255.
        origin: Where they lie in the reduced source; what `registration.source_window` asks for.
        registration: How the source lies under the grid.
        window: Pixels of the grid.

    Returns:
        (4, H, W) uint8: red, green, blue and validity, 0 or 255.
    """
    result = np.zeros((4, window.height, window.width), dtype=np.uint8)
    if pixels.size == 0:
        return result
    if registration.offset is not None:
        _place(pixels, origin, registration.offset, window, result)
    else:
        interleaved = np.ascontiguousarray(np.moveaxis(pixels, 0, -1))
        for top in range(0, window.height, _SLAB_ROWS):
            height = min(_SLAB_ROWS, window.height - top)
            slab = PixelWindow(window.row_off + top, window.col_off, height, window.width)
            resampled = _resample_slab(interleaved, origin, registration, slab)
            result[:, top : top + height] = np.moveaxis(resampled, -1, 0)
    return _settle(result)


def _place(
    pixels: Bytes, origin: PixelWindow, offset: tuple[int, int], window: PixelWindow, result: Bytes
) -> None:
    top = origin.row_off - offset[0] - window.row_off
    left = origin.col_off - offset[1] - window.col_off
    result[:, top : top + origin.height, left : left + origin.width] = pixels


def _resample_slab(
    pixels: Bytes, origin: PixelWindow, registration: Registration, slab: PixelWindow
) -> Bytes:
    insides = _sample_places(registration.ratio)
    if len(insides) == 1:
        return _sample(pixels, origin, registration, slab, insides[0])
    total = np.zeros((slab.height, slab.width, 4), dtype=np.uint32)
    for inside in insides:
        total += _sample(pixels, origin, registration, slab, inside)
    return np.asarray((total + len(insides) // 2) // len(insides), dtype=np.uint8)


def _sample_places(ratio: tuple[float, float]) -> list[tuple[float, float]]:
    across, down = (1 if pixels <= _ONE_SAMPLE else math.ceil(pixels) for pixels in ratio)
    return [((col + 0.5) / across, (row + 0.5) / down) for row in range(down) for col in range(across)]


def _sample(
    pixels: Bytes,
    origin: PixelWindow,
    registration: Registration,
    slab: PixelWindow,
    inside: tuple[float, float],
) -> Bytes:
    rows, cols = registration.shape
    at = registration.placement.positions(slab, inside)
    within = (at.rows >= 0) & (at.rows <= rows) & (at.cols >= 0) & (at.cols <= cols)
    if within.all():
        return interpolate(pixels, at, (rows, cols), origin[:2])
    known = Positions(np.where(within, at.cols, origin.col_off), np.where(within, at.rows, origin.row_off))
    return interpolate(pixels, known, (rows, cols), origin[:2]) * within[..., None]


def _settle(pixels: Bytes) -> Bytes:
    """Decide on validity, and undo its product with the colours where it is partial."""
    validity = pixels[3]
    partial = (validity >= _HALF) & (validity < 255)
    if partial.any():
        share = validity[partial].astype(np.float32) / 255
        pixels[:3, partial] = np.rint(np.minimum(pixels[:3, partial] / share, 255)).astype(np.uint8)
    pixels[3] = np.where(validity >= _HALF, 255, 0)
    return pixels
