"""How one date looks: season, sun, air, camera; drawn for each date on its own, as life does it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

WINTER_SUN = 0.75


class Season(IntEnum):
    """Time of year; the position of a tone in `textures.Seasons`."""

    SPRING = 0
    SUMMER = 1
    AUTUMN = 2
    WINTER = 3


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a date's picture that is not on the ground; angles in radians, lengths in pixels."""

    season: Season
    sun_azimuth: float
    sun_elevation: float
    shadow_depth: float
    haze: float
    white_balance: tuple[float, float, float]
    brightness: float
    contrast: float
    gamma: float
    saturation: float
    blur: float
    noise: float
    jpeg_quality: int
    shift: float
    seed: int


def draw_look(rng: np.random.Generator, *, shifted: bool) -> Look:
    """A date's look by chance; `shifted` lets the picture lie up to two pixels beside the ground."""
    season = Season(int(rng.choice(4, p=(0.26, 0.38, 0.24, 0.12))))
    lowered = WINTER_SUN if season in (Season.AUTUMN, Season.WINTER) else 1.0
    warmth, tint = rng.normal(0, 0.05), rng.normal(0, 0.02)
    return Look(
        season=season,
        sun_azimuth=float(np.radians(rng.uniform(95, 265))),
        sun_elevation=float(np.radians(rng.uniform(32, 66) * lowered)),
        shadow_depth=float(rng.uniform(0.42, 0.68)),
        haze=float(rng.choice((0.0, 1.0), p=(0.35, 0.65)) * rng.uniform(0.02, 0.24)),
        white_balance=(float(1 + warmth), float(1 + tint), float(1 - warmth)),
        brightness=float(rng.uniform(0.82, 1.18)),
        contrast=float(rng.uniform(0.82, 1.22)),
        gamma=float(np.exp(rng.normal(0, 0.14))),
        saturation=float(rng.uniform(0.6, 1.18)),
        blur=float(rng.uniform(0.25, 1.0)),
        noise=float(rng.uniform(0.6, 5.0)),
        jpeg_quality=int(rng.integers(62, 96)),
        shift=float(rng.uniform(0.0, 2.0)) if shifted else 0.0,
        seed=int(rng.integers(1 << 31)),
    )
