"""Ground of known shift, light and change."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

SIDE = 560

Picture = NDArray[np.float64]
Ground = Callable[..., Picture]


@lru_cache(maxsize=16)
def make_ground(seed: int = 0, shift: tuple[float, float] = (0.0, 0.0), side: int = SIDE) -> Picture:
    """Three bands of hills and fields (3, side, side), 0..255, moved by (east, south) pixels without loss."""
    chance = np.random.default_rng(seed)
    down, across = np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side)
    distance = np.hypot(down, across)
    distance[0, 0] = 1.0
    fields = np.zeros((side, side))
    for _ in range(side * side // 1500):
        row, col = chance.integers(0, side, 2)
        height, width = chance.integers(4, 30, 2)
        fields[row : row + height, col : col + width] = chance.normal()
    hills = np.fft.fft2(chance.normal(size=(side, side))) / distance**1.3
    hills *= side / np.linalg.norm(hills)
    # What is sharper than a camera sees could not be moved by parts of a pixel.
    seen = np.exp(-2 * (np.pi * distance) ** 2)
    moved = np.exp(-2j * np.pi * (across * shift[0] + down * shift[1]))
    grey = np.real(np.fft.ifft2((hills * side + np.fft.fft2(fields)) * seen * moved))
    colours = np.stack([grey, np.roll(grey, 7, axis=0) * 0.3 + grey * 0.7, grey * 0.8])
    picture = np.asarray((120.0 + 25.0 * colours).clip(0, 255))
    picture.setflags(write=False)
    return picture


@pytest.fixture(scope="session")
def ground() -> Ground:
    return make_ground
