"""Indices stay in their range, and the threshold falls between two kinds of ground."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.evaluation.real.indices import normalised_difference, otsu

BANDS = st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=20)


@given(BANDS)
def test_a_normalised_difference_lies_between_minus_one_and_one(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs, np.float32).T
    index = normalised_difference(one, other)
    assert np.all(np.abs(index) <= 1)
    assert np.array_equal(index > 0, one > other)


@given(st.floats(-1, -0.3), st.floats(0.3, 1), st.integers(5, 100), st.integers(5, 100))
def test_the_threshold_parts_two_kinds(low: float, high: float, lows: int, highs: int) -> None:
    values = np.concatenate([np.linspace(low, low + 0.1, lows), np.linspace(high - 0.1, high, highs)])
    threshold = otsu(values)
    assert (values >= threshold).sum() == highs


def test_one_value_alone_has_a_threshold() -> None:
    assert abs(otsu(np.full(9, 3.0)) - 3) <= 0.5
