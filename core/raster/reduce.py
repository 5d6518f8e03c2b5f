"""Averages squares of source pixels, for a working grid that is much coarser than the source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.bilinear import Bytes


def weigh(colours: Bytes, valid: NDArray[np.bool_]) -> Bytes:
    """Colours (3, H, W) and validity (H, W) as (4, H, W) uint8, colours 0 where not valid."""
    pixels = np.empty((4, *valid.shape), dtype=np.uint8)
    pixels[:3] = colours
    pixels[3] = 255
    if not valid.all():
        pixels *= valid
    return pixels


def reduce_pixels(pixels: Bytes, factor: int) -> Bytes:
    """Average squares: (4, H, W) uint8 to (4, ceil(H / factor), ceil(W / factor)) uint8.

    Colours are weighted by validity before and after, so that a plain mean is right for both; what a
    square lacks at the raster's edge counts as not valid.
    """
    if factor == 1:
        return pixels
    _, height, width = pixels.shape
    squares = np.pad(pixels, ((0, 0), (0, -height % factor), (0, -width % factor)))
    rows, cols = squares.shape[1] // factor, squares.shape[2] // factor
    columns = squares.reshape(4, rows, factor, cols * factor).sum(axis=2, dtype=np.uint32)
    total = columns.reshape(4, rows, cols, factor).sum(axis=3, dtype=np.uint32)
    return np.asarray((total + factor**2 // 2) // factor**2, dtype=np.uint8)
