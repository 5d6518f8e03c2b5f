"""Pairs to ask people about: chosen by the strategy, none that was skipped, each with its chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from changeseek.core.anneal.answers import AnsweredPairs, Pairs
from changeseek.core.anneal.learned import Learned, probabilities
from changeseek.core.anneal.selection import STRATEGIES, Strategy, propose
from changeseek.core.errors import FeedbackError
from changeseek.core.model.interface import Vectors

REAL_STRATEGIES = tuple(name for name in STRATEGIES if name != "class-balanced")


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two rows to compare, how probably they are similar, and why they are asked."""

    first: int
    second: int
    probability: float
    why: str


def check_strategy(strategy: str) -> Strategy:
    """The strategy of that name.

    Raises:
        FeedbackError: There is none that people can use.
    """
    for name in REAL_STRATEGIES:
        if name == strategy:
            return name
    raise FeedbackError(f"there is no strategy {strategy}", f"Choose one of {', '.join(REAL_STRATEGIES)}")


def proposed_pairs(
    strategy: Strategy,
    vectors: Vectors,
    learned: Learned,
    skipped: Pairs,
    count: int,
    seed: int,
    candidates: Pairs | None,
) -> list[ProposedPair]:
    """Choose, and say how probably each is similar.

    Args:
        strategy: One of REAL_STRATEGIES.
        vectors: (N, D) float32 unit rows.
        learned: From the answers so far, whose pairs are not asked again.
        skipped: (S, 2) not asked again either.
        count: Most pairs.
        seed: Of what is drawn by chance.
        candidates: (C, 2) to choose from; None draws them.

    Returns:
        The most telling first; fewer than count where there are no more.
    """
    asked = learned.answered
    pairs = propose(strategy, vectors, learned.metric, asked, count, seed, candidates, skipped=skipped)
    rows, places = np.unique(np.concatenate([asked.pairs, pairs]), return_inverse=True)
    places = places.reshape(-1, 2)
    known = AnsweredPairs(places[: len(asked)], asked.similar)
    chance = probabilities(learned.metric.embed(vectors[rows]), known, places[len(asked) :])
    by_chance = strategy == "uniform" or not len(asked)
    why = "drawn by chance" if by_chance else "the answers so far do not tell whether these two are similar"
    return [
        ProposedPair(first, second, float(one), why)
        for (first, second), one in zip(pairs.tolist(), chance, strict=True)
    ]
