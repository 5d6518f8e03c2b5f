"""A ranking with people's answers in it: certain where they looked, careful where they did not.

Ours, not the papers'. What is known of a tile itself counts in full. What is known of others reaches it by
likeness in the learned metric, with the weight under which each answered tile would have been told best by
all the others (leave one out), and with none as long as that is no clear gain over the scores alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.belief import MOST_BY_SCORE, Belief, score_of_log_odds
from changeseek.core.index.scoring import Scores
from changeseek.core.model.interface import Vectors

WEIGHTS = (0.25, 0.5, 0.75, 1.0)
REACHES = (0.05, 0.1, 0.2)
LEAST_TILES = 8
# Nats by which the answered tiles must be told better before others are moved.
LEAST_GAIN = 1.0
_NOISE = 0.3
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Rescored:
    """Scores with answers in them.

    Attributes:
        scores: (N,) float32 on the scale of those that were given.
        weight: 0..1, how much tiles that nobody looked at are moved.
        gain: Nats by which leaving one out tells the answered tiles better than scores alone.
    """

    scores: Scores
    weight: float
    gain: float


def rescore(scores: Scores, unit: Vectors, belief: Belief) -> Rescored:
    """Let what is believed take part.

    Args:
        scores: (N,) float32; -inf stays.
        unit: (N, K) float32 unit rows in the learned metric.
        belief: What answers say of some of the rows.
    """
    if not len(belief.rows):
        return Rescored(scores, 0.0, 0.0)
    shift = belief.posterior - belief.prior
    weight, reach, gain = _weight(unit[belief.rows], belief, shift)
    moved = np.zeros(len(scores))
    if weight:
        near = _likeness(unit[belief.rows], unit[belief.rows], reach)
        pull: NDArray[np.float64] = np.linalg.solve(near + _NOISE * np.eye(len(near)), shift).astype(
            np.float64
        )
        moved = np.clip(weight * _spread(unit, unit[belief.rows], pull, reach), -MOST_BY_SCORE, MOST_BY_SCORE)
    moved[belief.rows] = shift
    refined: Scores = (scores + score_of_log_odds(scores) * moved).astype(np.float32)
    return Rescored(refined, weight, gain)


def _spread(unit: Vectors, known: Vectors, pull: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """(N,) what reaches each tile; in blocks, for all at once would take gigabytes of a large index."""
    parts = []
    for start in range(0, len(unit), _BLOCK):
        near = unit[start : start + _BLOCK] @ known.T
        near -= 1
        near /= np.float32(reach)
        parts.append(np.exp(near, out=near) @ pull.astype(np.float32))
    spread: NDArray[np.float64] = np.concatenate(parts).astype(np.float64)
    return spread


def _weight(unit: Vectors, belief: Belief, shift: NDArray[np.float64]) -> tuple[float, float, float]:
    """The weight and the reach that tell answered tiles best when each is left out, and by how many nats."""
    if len(unit) < LEAST_TILES:
        return 0.0, REACHES[0], 0.0
    wanted = 1 / (1 + np.exp(-belief.posterior))
    plain = _surprise(wanted, belief.prior)
    tried = []
    for reach in REACHES:
        near = _likeness(unit, unit, reach)
        inverse = np.linalg.inv(near + _NOISE * np.eye(len(near)))
        left_out = shift - (inverse @ shift) / np.diag(inverse)
        tried += [(plain - _surprise(wanted, belief.prior + w * left_out), w, reach) for w in WEIGHTS]
    gain, weight, reach = max(tried)
    return (weight, reach, gain) if gain >= LEAST_GAIN else (0.0, reach, gain)


def _surprise(wanted: NDArray[np.float64], odds: NDArray[np.float64]) -> float:
    return float((np.logaddexp(0, odds) - wanted * odds).sum())


def _likeness(unit: Vectors, others: Vectors, reach: float) -> NDArray[np.float64]:
    """(N, R): 1 for the same, falling with the distance in the metric."""
    near: NDArray[np.float64] = np.exp((unit @ others.T - 1).astype(np.float64) / reach)
    return near
