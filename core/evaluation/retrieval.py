"""Recall, rank and precision of rankings, with the floor that chance alone would reach."""

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
        mean_ap: Mean average precision, 0..1.
    """

    recall: tuple[float, ...]
    floor: tuple[float, ...]
    mean_rank: float
    mean_ap: float


def measure_retrieval(scores: Scores, relevant: Relevant) -> Retrieval:
    """Rank by scores and compare with what is right.

    Args:
        scores: (M, N) of each query for each of the gallery, higher is better.
        relevant: (M, N) whether it is a right answer; queries without any do not count.
    """
    asked = relevant.any(axis=1)
    scores, relevant = scores[asked], relevant[asked]
    order = np.argsort(-scores, axis=1, kind="stable")
    ranked = np.take_along_axis(relevant, order, axis=1)
    first = ranked.argmax(axis=1)
    aps = [average_precision(row, int(row.sum())) for row in ranked]
    return Retrieval(
        tuple(float((first < cut).mean()) for cut in CUTS),
        tuple(float(np.mean([chance_of(row, cut) for row in relevant])) for cut in CUTS),
        float(first.mean()) + 1,
        float(np.mean(aps)),
    )


def chance_of(relevant: Relevant, cut: int) -> float:
    """Probability that a random ranking has one of the right answers among its first `cut`."""
    total, right = len(relevant), int(relevant.sum())
    cut = min(cut, total)
    return 1 - comb(total - right, cut) / comb(total, cut)
