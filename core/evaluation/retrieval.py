"""Recall, rank and precision of rankings, each with the floor that chance alone would reach."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from changeseek.core.demo.figures import average_precision

Scores = NDArray[np.float32]
Relevant = NDArray[np.bool_]
CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Figures of M queries to a gallery.

    Attributes:
        recall: Share of queries with a right answer among the first 1, 5 and 10; 0..1.
        floor: The same for a random ranking, in the mean.
        mean_rank: Of the best right answer, from 1.
        floor_rank: The same for a random ranking.
        mean_ap: Mean average precision, 0..1.
        floor_ap: The same for a random ranking.
    """

    recall: tuple[float, ...]
    floor: tuple[float, ...]
    mean_rank: float
    floor_rank: float
    mean_ap: float
    floor_ap: float


def measure_retrieval(scores: Scores, relevant: Relevant) -> Retrieval:
    """Rank by scores and compare with what is right.

    Args:
        scores: (M, N) of each query for each of the gallery, higher is better.
        relevant: (M, N) whether it is a right answer; at least one query must have one, and those without any
            do not count.
    """
    asked = relevant.any(axis=1)
    # Ties are broken by chance: the gallery's own order may tell what is right.
    places = np.random.default_rng(0).permutation(relevant.shape[1])
    scores, relevant = scores[asked][:, places], relevant[asked][:, places]
    order = np.argsort(-scores, axis=1, kind="stable")
    ranked = np.take_along_axis(relevant, order, axis=1)
    first = ranked.argmax(axis=1)
    counts = relevant.sum(axis=1)
    total = relevant.shape[1]
    aps = [average_precision(row, int(right)) for row, right in zip(ranked, counts, strict=True)]
    return Retrieval(
        tuple(float((first < cut).mean()) for cut in CUTS),
        tuple(float(np.mean([chance_of(right, total, cut) for right in counts])) for cut in CUTS),
        float(first.mean()) + 1,
        float(np.mean((total + 1) / (counts + 1))),
        float(np.mean(aps)),
        float(np.mean(chance_ap(counts, total))),
    )


def chance_of(right: int, total: int, cut: int) -> float:
    """Probability that a random ranking of `total` has one of the `right` answers among its first `cut`."""
    cut = min(cut, total)
    return 1 - comb(total - int(right), cut) / comb(total, cut)


def chance_ap(right: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """Expected average precision of a random ranking of `total` with so many right answers.

    A place k is right with probability R/N; then each of the k - 1 before it is so with (R - 1)/(N - 1).
    """
    harmonic = float((1 / np.arange(1, total + 1)).sum())
    others = (right - 1) / max(1, total - 1)
    expected: NDArray[np.float64] = (harmonic + (total - harmonic) * others) / total
    return expected
