from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.captions.grammar import Meaning
from changeseek.core.demo.figures import average_precision, judge, precision_at
from changeseek.core.demo.truth import TileTruth

RANKINGS = st.lists(st.booleans(), min_size=1, max_size=60).map(np.asarray)
LAKE = Meaning(after="lake")


def test_precision_is_the_share_of_right_answers_among_the_first() -> None:
    assert precision_at(np.asarray([True, False, True, False]), 2) == 0.5
    assert precision_at(np.asarray([True, False, True, False]), 10) == 0.5
    assert precision_at(np.asarray([], dtype=bool), 10) == 0.0


def test_average_precision_of_a_ranking_made_by_hand() -> None:
    # Right at ranks 1, 3 and 6.
    relevant = np.asarray([True, False, True, False, False, True])
    assert average_precision(relevant, 3) == pytest.approx((1 / 1 + 2 / 3 + 3 / 6) / 3)


def test_right_answers_that_are_not_ranked_count_against_it() -> None:
    assert average_precision(np.asarray([True]), 4) == 0.25
    assert average_precision(np.asarray([False]), 0) == 0.0


@given(RANKINGS)
def test_average_precision_lies_between_nothing_and_all(relevant: np.ndarray) -> None:
    assert 0.0 <= average_precision(relevant, int(relevant.sum())) <= 1.0


@given(RANKINGS.filter(np.any))
def test_a_perfect_ranking_has_an_average_precision_of_one(relevant: np.ndarray) -> None:
    perfect = np.sort(relevant)[::-1]
    assert average_precision(perfect, int(relevant.sum())) == pytest.approx(1.0)


@given(RANKINGS.filter(np.any), st.integers(0, 58))
def test_moving_a_right_answer_up_never_makes_it_worse(relevant: np.ndarray, place: int) -> None:
    swapped = relevant.copy()
    at = place % max(1, len(relevant) - 1)
    if at + 1 < len(relevant) and relevant[at + 1] and not relevant[at]:
        swapped[[at, at + 1]] = True, False
    right = int(relevant.sum())
    assert average_precision(swapped, right) >= average_precision(relevant, right)


def test_a_ranking_is_judged_by_the_truth_of_all_tiles() -> None:
    dug = TileTruth({"lake dug": 0.5}, {"field -> lake": 0.5})
    truth = {"a": dug, "b": TileTruth({}, {}), "c": dug, "d": TileTruth({}, {})}
    figures = judge(["a", "b", "c", "d"], LAKE, truth)
    assert figures.floor == 0.5
    assert figures.precision_at_10 == 0.5
    assert figures.ap == pytest.approx((1 + 2 / 3) / 2)
