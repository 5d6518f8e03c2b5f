"""What looks like cloud: a guess, from brightness, greyness and smoothness that only one date shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.bilinear import Bytes

# Side in pixels of the squares that are judged.
CELL = 32
# Levels of 255. White sand, snow and roofs are bright on both dates, so they are no clouds here.
_BRIGHT = 190.0
_BRIGHTER_THAN_OTHER = 50.0
_COLOURED = 30.0
_STEP = 8.0
_LEAST_VALID = 0.5

Cells = NDArray[np.bool_]


def cloud_like(date: Bytes, other: Bytes, valid: NDArray[np.bool_]) -> tuple[Cells, Cells]:
    """Which squares of a window look like cloud on one date.

    Args:
        date: (3, H, W) uint8, matched in light to the other date; H and W are multiples of CELL.
        other: (3, H, W) uint8, the other date.
        valid: (H, W) bool.

    Returns:
        Cloud-like squares and valid squares, (H // CELL, W // CELL) bool each.
    """
    known = _means(valid) >= _LEAST_VALID
    grey, other_grey = date.mean(axis=0, dtype=np.float32), other.mean(axis=0, dtype=np.float32)
    brightness = _means(grey)
    bright = (brightness >= _BRIGHT) & (brightness - _means(other_grey) >= _BRIGHTER_THAN_OTHER)
    colourless = _means(np.ptp(date, axis=0).astype(np.float32)) <= _COLOURED
    smooth = _means(_steps(grey)) <= _STEP
    return known & bright & colourless & smooth, known


def _means(values: NDArray[np.float32] | NDArray[np.bool_]) -> NDArray[np.float32]:
    height, width = values.shape
    squares = values.reshape(height // CELL, CELL, width // CELL, CELL)
    return np.asarray(squares.mean(axis=(1, 3), dtype=np.float32))


def _steps(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.abs(np.diff(grey, axis=1, prepend=grey[:, :1])))
