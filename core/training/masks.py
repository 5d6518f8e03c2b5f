"""Outlines within which one scene is put into another: whole, half, blob, rectangle, strip, small patch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Mask = NDArray[np.float32]
# Of a tile; what is smaller than this no caption speaks of.
LEAST_SHARE = 0.04


# Of the masks, where there are real outlines.
_OUTLINED_SHARE = 0.25


def mask_bank(
    count: int, size: int, seed: int, outlines: NDArray[np.uint8] | None = None
) -> NDArray[np.float16]:
    """Draw masks; edges are hard or soft.

    Args:
        count: How many.
        size: Side in pixels.
        seed: Everything drawn follows from it.
        outlines: (M, P, P) uint8, 0 or 1, outlines of real things, for a quarter of the masks; None for none.

    Returns:
        (count, P, P) float16, 0..1, 1 where the other scene goes, shares 0.04 to 1.
    """
    chance = np.random.default_rng(seed)
    makers = (_blob, _blob, _half, _rectangles, _strip, _whole, _patch)
    masks: list[NDArray[np.float16]] = []
    while len(masks) < count:
        if outlines is not None and len(outlines) and chance.random() < _OUTLINED_SHARE:
            mask = outlines[chance.integers(len(outlines))].astype(np.float32)
        else:
            mask = makers[chance.integers(len(makers))](size, chance)
        soft = chance.choice((0.0, 0.7, 2.0, 4.0))
        mask = ndimage.gaussian_filter(mask, soft) if soft else mask
        if mask.mean() >= LEAST_SHARE:
            masks.append(mask.astype(np.float16))
    return np.stack(masks)


def _whole(size: int, chance: np.random.Generator) -> Mask:
    return np.ones((size, size), np.float32)


def _blob(size: int, chance: np.random.Generator) -> Mask:
    noise = ndimage.gaussian_filter(
        chance.standard_normal((size, size)), size * chance.uniform(0.08, 0.2), mode="wrap"
    )
    threshold = np.quantile(noise, 1 - chance.uniform(0.15, 0.8))
    return np.asarray(noise > threshold, np.float32)


def _half(size: int, chance: np.random.Generator) -> Mask:
    angle, offset = chance.uniform(0, 2 * np.pi), chance.uniform(-0.3, 0.3)
    rows, columns = np.mgrid[0:size, 0:size] / size - 0.5
    wave = 0.05 * np.sin(chance.uniform(4, 20) * (rows + columns))
    return np.asarray(rows * np.sin(angle) + columns * np.cos(angle) + wave > offset, np.float32)


def _rectangles(size: int, chance: np.random.Generator) -> Mask:
    angle = chance.uniform(0, np.pi)
    rows, columns = np.mgrid[0:size, 0:size] / size - 0.5
    along, across = (
        rows * np.sin(angle) + columns * np.cos(angle),
        columns * np.sin(angle) - rows * np.cos(angle),
    )
    mask = np.zeros((size, size), np.float32)
    for _ in range(chance.integers(1, 3)):
        centre = chance.uniform(-0.25, 0.25, 2)
        half = chance.uniform(0.15, 0.4, 2)
        mask[(abs(along - centre[0]) < half[0]) & (abs(across - centre[1]) < half[1])] = 1
    return mask


def _strip(size: int, chance: np.random.Generator) -> Mask:
    angle, width = chance.uniform(0, np.pi), chance.uniform(0.1, 0.25)
    rows, columns = np.mgrid[0:size, 0:size] / size - 0.5
    bend = 0.1 * np.sin(chance.uniform(1, 5) * (rows - columns) + chance.uniform(0, 6))
    across = columns * np.sin(angle) - rows * np.cos(angle) + bend
    return np.asarray(abs(across - chance.uniform(-0.2, 0.2)) < width, np.float32)


def _patch(size: int, chance: np.random.Generator) -> Mask:
    """One small building's plot, well inside, as a tile of ten-metre pixels shows it."""
    angle = chance.uniform(0, np.pi)
    rows, columns = np.mgrid[0:size, 0:size] / size - 0.5
    centre = chance.uniform(-0.2, 0.2, 2)
    half = chance.uniform(0.1, 0.2, 2)
    along = (rows - centre[0]) * np.sin(angle) + (columns - centre[1]) * np.cos(angle)
    across = (columns - centre[1]) * np.sin(angle) - (rows - centre[0]) * np.cos(angle)
    return np.asarray((abs(along) < half[0]) & (abs(across) < half[1]), np.float32)
