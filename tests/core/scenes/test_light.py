"""Light on a single block: bright towards the sun, a shadow away from it, as long as the sun is low."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.light import shade
from changeseek.core.scenes.look import Look, draw_look
from changeseek.core.scenes.noise import Plane

FRAME = Frame(100, 100, 0.5)
HEIGHT = 5.0


@pytest.fixture
def block() -> Plane:
    heights = np.zeros(FRAME.shape, dtype=np.float32)
    heights[45:55, 45:55] = HEIGHT
    return heights


def look(azimuth: float, elevation: float) -> Look:
    drawn = draw_look(np.random.default_rng(0), shifted=False)
    return replace(drawn, sun_azimuth=np.radians(azimuth), sun_elevation=np.radians(elevation))


def test_flat_ground_is_lit_evenly() -> None:
    light = shade(np.zeros(FRAME.shape, dtype=np.float32), FRAME, look(180, 45))
    np.testing.assert_allclose(light, 1.0, atol=1e-6)


def test_the_shadow_falls_away_from_the_sun(block: Plane) -> None:
    light = shade(block, FRAME, look(180, 45))
    assert light[40, 50] < 0.7
    assert light[60, 50] == pytest.approx(1.0)
    assert light[50, 40] == pytest.approx(1.0)


@pytest.mark.parametrize("elevation", [30, 45, 60])
def test_a_shadow_is_as_long_as_the_sun_is_low(block: Plane, elevation: float) -> None:
    light = shade(block, FRAME, look(180, elevation))
    length = (light[:44, 50] < 0.95).sum() * FRAME.ground_sample_distance
    assert length == pytest.approx(HEIGHT / np.tan(np.radians(elevation)), abs=1.6)
