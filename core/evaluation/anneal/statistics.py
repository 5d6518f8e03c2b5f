"""Images as numbers that no training made: colours and edges, at three scales.

An encoder that has seen an archive or its labels would show little of what a metric learns from answers; this
descriptor has seen nothing, and anyone can repeat it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.model.interface import Patches, Vectors

_SCALES = 3
_BINS = 16
_SHARES = (0.1, 0.5, 0.9)

Channels = NDArray[np.float32]


def image_statistics(images: Patches) -> NDArray[np.float32]:
    """(N, F) float32 of images (N, 3, S, S) uint8, S a multiple of 4; not scaled."""
    return np.stack([_of_one(image.astype(np.float32) / 255) for image in images])


def standardised(found: NDArray[np.float32], like: NDArray[np.float32]) -> Vectors:
    """Unit rows, after each column was brought to the mean and spread that it has in `like`."""
    scaled = (found - like.mean(axis=0)) / (like.std(axis=0) + np.float32(1e-6))
    unit: Vectors = scaled / np.linalg.norm(scaled, axis=1, keepdims=True)
    return unit


def _of_one(image: Channels) -> NDArray[np.float32]:
    colours = [np.histogram(channel, _BINS, (0, 1))[0] / channel.size for channel in image]
    found = [*colours, _directions(image.mean(axis=0))]
    for _ in range(_SCALES):
        found.append(_spreads(image))
        side = image.shape[1] // 2
        image = image.reshape(3, side, 2, side, 2).mean(axis=(2, 4))
    return np.concatenate(found).astype(np.float32)


def _spreads(image: Channels) -> NDArray[np.float64]:
    """Mean, deviation and quantiles of each channel, of the brightness and of its steps both ways."""
    grey = image.mean(axis=0)
    shown = [*image, grey, np.abs(np.diff(grey, axis=0)), np.abs(np.diff(grey, axis=1))]
    return np.array([value for one in shown for value in (one.mean(), one.std(), *np.quantile(one, _SHARES))])


def _directions(grey: Channels) -> NDArray[np.float64]:
    down, right = np.diff(grey, axis=0)[:, :-1], np.diff(grey, axis=1)[:-1]
    counts = np.histogram(np.arctan2(down, right), _BINS, (-np.pi, np.pi))[0]
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares
