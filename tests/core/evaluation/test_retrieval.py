"""Figures of rankings against ones that are worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.evaluation.retrieval import chance_of, measure_retrieval

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


def test_chance_is_what_random_rankings_reach() -> None:
    chance = np.random.default_rng(0)
    right = relevant(2, 5)
    found = [right[chance.permutation(9)[:5]].any() for _ in range(20_000)]
    assert chance_of(right, 5) == pytest.approx(float(np.mean(found)), abs=0.02)
    assert chance_of(right, 100) == 1.0
