"""What a log has taught: the metric, whether it is better than the plain vectors, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import AnsweredPairs, Similar
from changeseek.core.anneal.metric import Metric, directions, distances, train_metric
from changeseek.core.anneal.mgue import find_threshold
from changeseek.core.model.interface import Vectors

# With fewer answers of each kind nothing can be said of what was not seen.
LEAST_OF_EACH = 4
FOLDS = 3
# Of a hundred ordered pairs of answers, so many more must be told apart than by the plain vectors.
LEAST_GAIN = 0.02
_LEAST_SPREAD = 0.05


@dataclass(frozen=True, slots=True)
class Learned:
    """A metric and what it is worth.

    Attributes:
        answered: What it was learned from.
        metric: The head; the same for the same answers.
        applied: Whether it tells answers that it has not seen better apart than the plain vectors do.
        agreement: Share, 0..1, of such answers that it gets right, both kinds counted alike; None while
            there are too few.
    """

    answered: AnsweredPairs
    metric: Metric
    applied: bool
    agreement: float | None

    def embed(self, vectors: Vectors) -> Vectors:
        """(N, D) float32 unit rows to those that likeness is measured with."""
        return self.metric.embed(vectors) if self.applied else vectors


def learn(vectors: Vectors, answered: AnsweredPairs) -> Learned:
    """Train the head, and others that leave a part of the answers out, to see what it is worth.

    Args:
        vectors: (N, D) float32 unit rows.
        answered: Pairs of rows.
    """
    basis = directions(vectors)
    metric = train_metric(vectors, answered.pairs, answered.similar, basis=basis)
    fewest = min(int(answered.similar.sum()), int((~answered.similar).sum()))
    if fewest < LEAST_OF_EACH:
        return Learned(answered, metric, False, None)
    plain, learned = _unseen(vectors, answered, basis)
    gain = _told_apart(learned, answered.similar) - _told_apart(plain, answered.similar)
    right = (learned > 0) == answered.similar
    agreement = (right[answered.similar].mean() + right[~answered.similar].mean()) / 2
    return Learned(answered, metric, bool(gain >= LEAST_GAIN), float(agreement))


def probabilities(unit: Vectors, answered: AnsweredPairs, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """(M,) how probably each pair is similar, by its distance from the threshold; 0.5 while none is known.

    Args:
        unit: (N, K) float32 unit rows.
        answered: Pairs of these rows.
        pairs: (M, 2) of these rows.
    """
    if not answered.both_kinds:
        return np.full(len(pairs), 0.5)
    known = distances(unit, answered.pairs).astype(np.float64)
    threshold = find_threshold(known, answered.similar)
    spread = max(float(np.std(known)) / 2, _LEAST_SPREAD)
    found: NDArray[np.float64] = 1 / (1 + np.exp((distances(unit, pairs) - threshold) / spread))
    return found


def _unseen(
    vectors: Vectors, answered: AnsweredPairs, basis: Vectors
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far each answered pair lies on the similar side, by the plain vectors and by heads without it."""
    plain = -distances(vectors, answered.pairs).astype(np.float64)
    learned = np.zeros(len(answered))
    # Every third of each kind, in the order of the pairs, so that all folds hold both.
    fold = np.empty(len(answered), np.int64)
    for kind in (answered.similar, ~answered.similar):
        fold[kind] = np.arange(int(kind.sum())) % FOLDS
    for number in range(FOLDS):
        out = fold == number
        seen = AnsweredPairs(answered.pairs[~out], answered.similar[~out])
        metric = train_metric(vectors, seen.pairs, seen.similar, basis=basis)
        threshold = find_threshold(metric.distances(vectors, seen.pairs), seen.similar)
        learned[out] = threshold - metric.distances(vectors, answered.pairs[out])
    return plain, learned


def _told_apart(nearness: NDArray[np.float64], similar: Similar) -> float:
    """Share of similar with dissimilar answers of which the similar one is nearer (area under the curve)."""
    near, far = np.sort(nearness[similar]), nearness[~similar]
    above = len(near) - np.searchsorted(near, far, side="right")
    equal = np.searchsorted(near, far, side="right") - np.searchsorted(near, far, side="left")
    return float((above + equal / 2).sum() / (len(near) * len(far)))
