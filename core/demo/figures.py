"""How good a ranking is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.captions.grammar import Meaning
from changeseek.core.demo.truth import Truth

FIRST = 10

Relevance = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RankingFigures:
    """Figures of one ranking, each 0..1.

    Attributes:
        precision_at_10: Share of right answers among the first ten.
        ap: Average precision: mean over all right answers of the precision down to each.
        floor: Share of right answers among all tiles; what a random ranking's precision is about.
    """

    precision_at_10: float
    ap: float
    floor: float


def judge(tile_ids: Sequence[str], meaning: Meaning, truth: Truth) -> RankingFigures:
    """Compare a ranking, best first, with the truth; right answers that it leaves out count against it.

    Args:
        tile_ids: Tiles of the truth, each once.
        meaning: What was asked for.
        truth: Of all tiles.
    """
    right = sum(tile.answers(meaning) for tile in truth.values())
    relevant = relevance(tile_ids, meaning, truth)
    return RankingFigures(
        precision_at(relevant, FIRST), average_precision(relevant, right), right / len(truth)
    )


def relevance(tile_ids: Sequence[str], meaning: Meaning, truth: Truth) -> Relevance:
    """(N,) whether each tile is a right answer."""
    return np.asarray([truth[tile_id].answers(meaning) for tile_id in tile_ids], dtype=bool)


def precision_at(relevant: Relevance, count: int) -> float:
    """Share of right answers among the first `count`, of fewer where the ranking is shorter."""
    return float(relevant[:count].mean()) if relevant.size else 0.0


def average_precision(relevant: Relevance, right: int) -> float:
    """Mean over `right` answers of the precision down to each; 0 for those that are not ranked at all."""
    if right == 0:
        return 0.0
    ranks = np.flatnonzero(relevant) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).sum() / right)
