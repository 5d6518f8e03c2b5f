"""Which way the edges of a picture run, whatever its light: what two dates of one place have in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.bilinear import Bytes

Edges = NDArray[np.complex64]

# Mean step in levels of 255 from pixel to pixel below which a window shows nothing: water, snow, one colour.
_LEAST_TEXTURE = 0.5


def find_edges(picture: Bytes, valid: NDArray[np.bool_]) -> Edges | None:
    """Direction of the edge at each pixel, as a complex number of length 0..1.

    Strong edges all count alike, so that a date's light and contrast do not matter. Fades to 0 at the border
    of the window, and is 0 beside pixels without data.

    Args:
        picture: (3, H, W) uint8.
        valid: (H, W) bool.

    Returns:
        (H, W) complex64, x along the real axis; None where there is too little texture or data.
    """
    inside = _shrunk(valid)
    if np.count_nonzero(inside) < inside.size / 2:
        return None
    grey = picture.mean(axis=0, dtype=np.float32)
    down, across = np.gradient(_smoothed(np.where(valid, grey, grey[valid].mean())))
    edges = np.asarray(across + 1j * down, dtype=np.complex64) * inside
    strength = np.abs(edges)
    if strength[inside].mean() < _LEAST_TEXTURE:
        return None
    usual = np.median(strength[inside]) + np.float32(1e-3)
    return np.asarray(edges / (strength + usual) * _fading(edges.shape), dtype=np.complex64)


def doubled(edges: Edges) -> Edges:
    """The same with twice the angle: an edge from dark to bright is as one from bright to dark."""
    return np.asarray(edges * edges / (np.abs(edges) + np.float32(1e-6)), dtype=np.complex64)


def _smoothed(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    for axis in (0, 1):
        neighbours = np.roll(picture, 1, axis) + np.roll(picture, -1, axis)
        picture = np.asarray((neighbours + 2 * picture) / 4, dtype=np.float32)
    return picture


def _shrunk(valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels whose neighbours two pixels away are valid, too."""
    for axis in (0, 1):
        valid = valid & np.logical_and.reduce([np.roll(valid, step, axis) for step in (-2, -1, 1, 2)])
    return valid


def _fading(shape: tuple[int, ...]) -> NDArray[np.float32]:
    height, width = shape
    return np.outer(np.hanning(height), np.hanning(width)).astype(np.float32)
