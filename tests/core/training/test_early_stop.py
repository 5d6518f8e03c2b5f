"""The best of a row of validations, and the end of patience."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.training.early_stop import BestSoFar


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_the_best_is_the_last_of_the_highest(scores: list[int]) -> None:
    best = BestSoFar(patience=0)
    for step, score in enumerate(scores):
        best.take(score, step)
    assert best.score == max(scores)
    assert best.step == max(step for step, score in enumerate(scores) if score == max(scores))
    assert not best.exhausted


def test_patience_counts_validations_without_a_better_one() -> None:
    best = BestSoFar(patience=2)
    for step, score in enumerate((0.2, 0.1, 0.3, 0.1)):
        best.take(score, step)
        assert not best.exhausted
    best.take(0.2, 4)
    assert best.exhausted
