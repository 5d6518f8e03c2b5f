"""Which pairs to ask about next: uncertain ones, and no two of a kind.

Ours, not the papers': of an index with many tiles `ROWS` are drawn by chance anew each time, and all pairs of
them are the candidates; so the time does not grow with the index.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import AnsweredPairs, Pairs
from changeseek.core.anneal.bcgue import bcgue_uncertainty, train_classifier
from changeseek.core.anneal.diversity import cluster, most_uncertain_of_each
from changeseek.core.anneal.features import pair_features
from changeseek.core.anneal.metric import Metric, distances
from changeseek.core.anneal.mgue import find_threshold, mgue_uncertainty
from changeseek.core.anneal.pairs import all_pairs, fresh_pairs
from changeseek.core.anneal.random_pairs import balanced_pairs, uniform_pairs
from changeseek.core.model.interface import Vectors

Strategy = Literal["mgue+clustering", "bcgue+clustering", "mgue", "bcgue", "uniform", "class-balanced"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
ROWS = 300
# m of the papers' m h most uncertain pairs that are clustered into h.
POOL = 10


def propose(
    strategy: Strategy,
    vectors: Vectors,
    metric: Metric | None,
    answered: AnsweredPairs,
    count: int,
    seed: int,
    candidates: Pairs | None = None,
    labels: NDArray[np.int64] | None = None,
    skipped: Pairs | None = None,
) -> Pairs:
    """Choose pairs to ask about.

    Args:
        strategy: By metric or by classifier, with clustering or without, or by chance.
        vectors: (N, D) float32, unit rows.
        metric: As learned so far; None is the plain embedding.
        answered: Asked already: never proposed again. Before the first answer chance proposes; as long as all
            are of one kind, BCGUE cannot begin and MGUE takes its place.
        count: h, how many.
        seed: Everything drawn follows from it; give another one each round.
        candidates: (C, 2) to choose from; None draws them.
        labels: (N,) for "class-balanced" alone, which no real annotation can have.
        skipped: (S, 2) never proposed again either.

    Returns:
        (count, 2) int64, most uncertain first; fewer where there are no more. No row with itself.
    """
    chance = np.random.default_rng(seed)
    asked = answered.pairs if skipped is None else np.concatenate([answered.pairs, skipped])
    if strategy == "class-balanced":
        if labels is None:
            raise ValueError("class-balanced pairs are drawn by labels")
        return balanced_pairs(labels, asked, count, chance)
    by_chance = strategy == "uniform" or not len(answered)
    if by_chance and candidates is None:
        return uniform_pairs(len(vectors), asked, count, chance)
    if candidates is None:
        rows = chance.permutation(len(vectors))[:ROWS].astype(np.int64)
        candidates = all_pairs(np.sort(rows))
    candidates = fresh_pairs(candidates, asked, len(vectors))
    if by_chance:
        return candidates[chance.permutation(len(candidates))[:count]]
    return _most_uncertain(strategy, vectors, metric, answered, count, seed, candidates)


def _most_uncertain(
    strategy: Strategy,
    vectors: Vectors,
    metric: Metric | None,
    answered: AnsweredPairs,
    count: int,
    seed: int,
    candidates: Pairs,
) -> Pairs:
    rows, places = np.unique(np.concatenate([answered.pairs, candidates]), return_inverse=True)
    unit = vectors[rows] if metric is None else metric.embed(vectors[rows])
    places = places.reshape(-1, 2)
    known, open_ = AnsweredPairs(places[: len(answered)], answered.similar), places[len(answered) :]
    if strategy.startswith("mgue") or not known.both_kinds:
        threshold = find_threshold(distances(unit, known.pairs), known.similar)
        uncertainty = mgue_uncertainty(distances(unit, open_), threshold)
    else:
        uncertainty = bcgue_uncertainty(train_classifier(unit, known).log_odds(unit, open_))
    clustered = strategy.endswith("+clustering")
    order = np.argsort(-uncertainty, kind="stable")[: count * (POOL if clustered else 1)]
    if clustered:
        clusters = cluster(pair_features(unit, open_[order]), count, seed)
        order = order[most_uncertain_of_each(uncertainty[order], clusters, count)]
    return candidates[order]
