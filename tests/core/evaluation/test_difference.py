"""Pixel difference that does not see the light."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.evaluation.difference import matched_differences


def dates(seed: int, count: int = 70) -> np.ndarray:
    return np.random.default_rng(seed).integers(60, 120, (count, 3, 8, 8), dtype=np.uint8)


def test_another_light_is_no_difference() -> None:
    before = dates(0)
    brighter = (before * np.array([2.0, 1.5, 1.0]).reshape(3, 1, 1) + 10).astype(np.uint8)
    assert matched_differences(before, brighter).max() < 1.0


def test_another_ground_is_a_difference_the_same_in_both_orders() -> None:
    before, after = dates(1), dates(2)
    found = matched_differences(before, after)
    assert found.shape == (70,)
    assert found.min() > 10
    assert found == pytest.approx(matched_differences(after, before), rel=1e-6)


def test_a_date_of_one_colour_differs_from_itself_by_nothing() -> None:
    plain = np.full((2, 3, 8, 8), 90, np.uint8)
    assert matched_differences(plain, plain).tolist() == [0.0, 0.0]
