"""The dates' light is made alike over the whole scene, whatever changed in part of it."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.raster.matching import measure_match, stable_pixels
from changeseek.core.raster.radiometry import Floats


@pytest.fixture
def scene() -> Floats:
    return np.random.default_rng(3).normal(120, 40, (3, 20000))


def test_mean_and_spread_are_matched(scene: Floats) -> None:
    gain, offset = measure_match(scene, scene * 0.5 + 30)
    assert gain == pytest.approx([2.0] * 3, rel=1e-6)
    assert offset == pytest.approx([-60.0] * 3, rel=1e-6)


def test_change_in_a_part_does_not_steer_the_match(scene: Floats) -> None:
    after = scene * 0.5 + 30
    after[:, :2000] = 250
    stable = stable_pixels(scene, after)
    gain, offset = measure_match(scene[:, stable], after[:, stable])
    assert gain == pytest.approx([2.0] * 3, rel=0.02)
    assert offset == pytest.approx([-60.0] * 3, rel=0.05)


def test_a_band_that_is_constant_on_a_date_is_left_alone(scene: Floats) -> None:
    before = scene.copy()
    before[1] = 0
    gain, offset = measure_match(before, scene * 0.5)
    assert (gain[1], offset[1]) == (1.0, 0.0)
    assert gain[0] == pytest.approx(2.0, rel=1e-6)


def test_a_match_is_never_extreme(scene: Floats) -> None:
    gain, _ = measure_match(scene, scene / 20)
    assert gain == pytest.approx([4.0] * 3)


def test_one_pixel_does_no_harm() -> None:
    gain, offset = measure_match(np.full((3, 1), 9.0), np.full((3, 1), 200.0))
    assert (gain.tolist(), offset.tolist()) == ([1.0] * 3, [0.0] * 3)


def test_clouds_are_not_stable(scene: Floats) -> None:
    before = scene * 10
    before[:, :2000] += 30000
    stable = stable_pixels(before, scene + np.random.default_rng(4).normal(0, 8, scene.shape))
    assert not stable[:2000].any()
    assert stable[2000:].mean() > 0.97


def test_a_constant_scene_is_stable() -> None:
    assert stable_pixels(np.zeros((3, 10)), np.full((3, 10), 7.0)).all()
