"""The threshold between similar and dissimilar, and what is uncertain by it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from changeseek.core.anneal.answers import Similar
from changeseek.core.anneal.mgue import find_threshold, mgue_uncertainty

_answers = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=2, max_size=30)


def _errors(distances: NDArray[np.float64], similar: Similar, threshold: float) -> int:
    return int(((distances < threshold) != similar).sum())


@given(_answers)
def test_no_other_threshold_makes_fewer_errors(answers: list[tuple[int, bool]]) -> None:
    distances = np.array([step / 20 for step, _ in answers])
    similar = np.array([one for _, one in answers])

    found = find_threshold(distances, similar)

    if similar.any() and not similar.all():
        borders = np.arange(42) / 20 - 0.025
        least = min(_errors(distances, similar, float(border)) for border in borders)
        assert _errors(distances, similar, found) == least


def test_kinds_that_do_not_overlap_are_parted_midway_between_their_means() -> None:
    distances, similar = np.array([0.1, 0.3, 0.8, 1.0]), np.array([True, True, False, False])

    assert find_threshold(distances, similar) == pytest.approx(0.55)


def test_with_answers_of_one_kind_the_other_begins_beyond_them() -> None:
    distances = np.array([0.2, 0.5])

    assert find_threshold(distances, np.array([False, False])) == pytest.approx(0.2)
    assert find_threshold(distances, np.array([True, True])) == pytest.approx(0.5)


def test_the_pair_nearest_to_the_threshold_is_the_most_uncertain() -> None:
    uncertain = mgue_uncertainty(np.array([0.1, 0.45, 0.9]), 0.5)

    assert uncertain.argmax() == 1
    assert (uncertain <= 0).all()
