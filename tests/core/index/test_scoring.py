from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from changeseek.core.index import scoring

some_scores = arrays.arrays(np.float32, st.integers(1, 30), elements=st.floats(-2, 2, width=16))


def unit(*numbers: float) -> NDArray[np.float32]:
    vector = np.asarray(numbers, np.float32)
    length: NDArray[np.float32] = vector / np.linalg.norm(vector)
    return length


def test_a_change_that_resembles_nothing_is_worth_less() -> None:
    wanted, nothing = unit(1, 0, 0), unit(0, 1, 0)
    tiles = np.stack([unit(1, 0, 1), unit(1, 1, 0), unit(0, 0, 1)])
    changed, quiet, other = scoring.change_scores(tiles, wanted, nothing)
    assert changed == pytest.approx(np.sqrt(0.5))
    assert other == pytest.approx(0)
    # Fits are .71, .71, 0 and quiet 0, .71, 0: the same spread.
    assert quiet == pytest.approx(np.sqrt(0.5) * (1 - scoring.NOTHING_WEIGHT), abs=1e-6)


@given(fits=some_scores, unit_of_measure=st.sampled_from([0.25, 2.0, 8.0]))
def test_how_much_nothing_counts_does_not_hang_on_its_spread(
    fits: NDArray[np.float32], unit_of_measure: float
) -> None:
    quiet = np.linspace(-1, 1, len(fits), dtype=np.float32)
    one = scoring.less_nothing(fits, quiet)
    other = scoring.less_nothing(fits, quiet * np.float32(unit_of_measure))
    assert one == pytest.approx(other, abs=1e-4)


def test_where_all_tiles_are_alike_quiet_the_wish_alone_counts() -> None:
    fits = np.asarray([0.2, 0.1], np.float32)
    assert scoring.less_nothing(fits, np.full(2, 0.7, np.float32)) == pytest.approx(fits)


@given(scores=some_scores)
def test_what_differs_more_gains_by_rank_alone(scores: NDArray[np.float32]) -> None:
    difference = np.arange(len(scores), dtype=np.float32)
    ranks = scoring.difference_ranks(difference)
    raised = scoring.with_difference(scores, ranks)
    # Whatever the unit, and however far a cloud stands out.
    assert np.array_equal(scoring.difference_ranks(difference**3 * 7), ranks)
    gain = raised - scores
    assert (np.diff(gain) >= -1e-6).all()
    assert gain[-1] - gain[0] == pytest.approx(
        scoring.DIFFERENCE_WEIGHT * scores.std() if len(scores) > 1 else 0, abs=1e-3
    )


@given(scores=some_scores)
def test_where_all_tiles_differ_alike_their_difference_says_nothing(scores: NDArray[np.float32]) -> None:
    alike = scoring.difference_ranks(np.full(len(scores), 9, np.float32))
    assert scoring.with_difference(scores, alike) == pytest.approx(scores)


@given(scores=some_scores)
def test_the_later_scene_decides_between_tiles_that_changed_alike(scores: NDArray[np.float32]) -> None:
    fits = np.linspace(0, 1, len(scores), dtype=np.float32)
    gain = scoring.with_later_scene(scores, fits) - scores
    assert (np.diff(gain) >= -1e-6).all()
    # Far less than the sentence itself.
    assert np.ptp(gain) <= scores.std() + 1e-5


def test_a_transition_and_its_reverse_order_tiles_the_other_way() -> None:
    old, new = unit(1, 0, 0), unit(0, 1, 0)
    before, after = np.stack([old, new]), np.stack([new, old])
    replaced = np.asarray([0.4, 0.2], np.float32)
    there = scoring.transition_scores(before, after, old, new, replaced)
    back = scoring.transition_scores(before, after, new, old, replaced[::-1])
    assert there == pytest.approx([3.0, -3.0])
    assert back == pytest.approx(-there)


def test_tiles_that_fit_the_unwanted_text_less_than_usual_gain_nothing() -> None:
    wanted = np.asarray([0.0, 1.0, 2.0, 3.0], np.float32)
    unwanted = np.asarray([-9.0, 0.0, 0.0, 9.0], np.float32)
    scores = scoring.without(wanted, unwanted)
    assert scores[:3] == pytest.approx(scoring.standardise(wanted)[:3])
    assert scores[3] < scoring.standardise(wanted)[3]


@given(some_scores)
def test_standard_scores_have_mean_0_and_spread_1(scores: NDArray[np.float32]) -> None:
    standard = scoring.standardise(scores)
    assert standard.mean() == pytest.approx(0, abs=1e-3)
    assert standard.std() == pytest.approx(1, abs=1e-2) or not standard.any()
    assert standard.dtype == np.float32


def test_scores_that_do_not_differ_stay_silent() -> None:
    assert not scoring.standardise(np.full(5, 0.3, np.float32)).any()
    assert scoring.standardise(np.empty(0, np.float32)).size == 0
