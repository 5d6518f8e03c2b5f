"""Irregularity at any scale: random grids, resized, because noise per pixel is slow and looks like static."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]


def smooth_noise(rng: np.random.Generator, shape: tuple[int, int], scale: float) -> Plane:
    """(H, W) float32 of about zero mean and unit spread that varies over `scale` pixels."""
    if scale < 1.5:
        return rng.standard_normal(shape, dtype=np.float32)
    height, width = shape
    grid = rng.standard_normal((int(height / scale) + 4, int(width / scale) + 4), dtype=np.float32)
    offset_row, offset_col = rng.uniform(0.5, 1.5, 2)
    window = (offset_col, offset_row, offset_col + width / scale, offset_row + height / scale)
    resized = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC, box=window)
    return np.asarray(resized, dtype=np.float32) * np.float32(1.25)


def layered_noise(
    rng: np.random.Generator, shape: tuple[int, int], scales: Sequence[float], weights: Sequence[float]
) -> Plane:
    """Sum of smooth noises of several scales in pixels, weighted, of about unit spread."""
    total = np.zeros(shape, dtype=np.float32)
    for scale, weight in zip(scales, weights, strict=True):
        total += np.float32(weight) * smooth_noise(rng, shape, scale)
    total /= np.float32(np.hypot.reduce(np.asarray(weights)))
    return total
