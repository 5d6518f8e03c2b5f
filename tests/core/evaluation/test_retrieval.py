"""Figures of rankings against ones that are worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.demo.figures import average_precision
from changeseek.core.evaluation.retrieval import chance_ap, chance_of, measure_retrieval

NINE = np.arange(9, 0, -1, dtype=np.float32)  # ranks the first column first


def relevant(*columns: int) -> np.ndarray:
    row = np.zeros(9, dtype=bool)
    row[list(columns)] = True
    return row


def test_recall_counts_queries_with_a_right_answer_near_the_top() -> None:
    figures = measure_retrieval(
        np.stack([NINE] * 4), np.stack([relevant(0), relevant(3), relevant(6), relevant(8)])
    )
    assert figures.recall == (0.25, 0.5, 1.0)
    assert figures.mean_rank == (1 + 4 + 7 + 9) / 4


def test_precision_counts_every_right_answer() -> None:
    figures = measure_retrieval(NINE[None], relevant(1, 3)[None])
    assert figures.mean_ap == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_a_query_without_a_right_answer_does_not_count() -> None:
    figures = measure_retrieval(np.stack([NINE, NINE]), np.stack([relevant(0), relevant()]))
    assert figures.recall[0] == 1.0


def test_scores_that_are_all_the_same_rank_by_chance_and_not_by_place() -> None:
    first_is_right = np.zeros((1, 500), dtype=bool)
    first_is_right[0, 0] = True
    figures = measure_retrieval(np.zeros((1, 500), np.float32), first_is_right)
    assert figures.mean_rank > 10


def test_chance_is_what_random_rankings_reach() -> None:
    rankings = random_rankings(relevant(2, 5))
    assert chance_of(2, 9, 5) == pytest.approx(rankings[:, :5].any(axis=1).mean(), abs=0.02)
    assert chance_of(2, 9, 100) == 1.0


def test_the_floors_of_rank_and_precision_are_what_random_rankings_reach() -> None:
    rankings = random_rankings(relevant(0, 4, 8))
    figures = measure_retrieval(NINE[None], relevant(0, 4, 8)[None])
    precision = np.mean([average_precision(row, 3) for row in rankings])
    assert figures.floor_ap == pytest.approx(float(precision), abs=0.02)
    assert figures.floor_rank == pytest.approx(float(rankings.argmax(axis=1).mean() + 1), abs=0.1)
    assert chance_ap(np.array([9]), 9) == pytest.approx(1.0)


def random_rankings(right: np.ndarray) -> np.ndarray:
    return np.random.default_rng(0).permuted(np.tile(right, (4000, 1)), axis=1)
