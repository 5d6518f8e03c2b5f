"""What answers about pairs say about a question: how probable it is that a tile answers it.

Ours, not the papers': they ask of an image what is like it. A text has no vector that was ever compared, but
its scores say of every tile how probably it is meant; a pair called similar is then meant or not meant
together, and of a pair called dissimilar at most one is meant, unless the question is broad: "forest has been
cleared" is true of forest that became houses and of forest that became a road. How broad, the answers tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.transitivity import Kinds
from changeseek.core.index.scoring import Scores

# Log-odds that one standard deviation of the scores is worth, how far scores are believed in what they say of
# other tiles, and the most that is said at all.
SLOPE = 2.0
MOST_BY_SCORE = 3.5
MOST = 6.0
_CERTAIN = 100.0
# Right tiles are missed more often than wrong ones score high: what a low score says against a whole kind.
LEAST_OF_ONE = -4.0
_BINS = 256
# Before any answer: how often two tiles that are both meant are called dissimilar, as from so many answers.
_BREADTH, _BREADTH_ANSWERS = 0.05, 4.0
# How often two tiles of which none is meant are called dissimilar.
_OTHERS_DIFFER = 0.8
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Belief:
    """What is known of R tiles beyond their scores.

    Attributes:
        rows: (R,) int64 tiles of which an answer says something, ascending.
        prior: (R,) float64 log-odds by their scores alone that they are meant.
        posterior: (R,) float64 the same with the answers.
        judged: (R,) bool, whether a person kept or rejected it, or tied it to such a tile.
    """

    rows: NDArray[np.int64]
    prior: NDArray[np.float64]
    posterior: NDArray[np.float64]
    judged: NDArray[np.bool_]


def log_odds(scores: Scores) -> NDArray[np.float64]:
    """(N,) log-odds that each tile is meant, by scores (N,) alone.

    0 lies one standard deviation above where the scores part best into two: of most questions few tiles are
    meant, and what is only a little like it draws that border down.
    """
    finite = np.isfinite(scores)
    some = scores[finite].astype(np.float64)
    if some.size == 0 or (spread := float(some.std())) < 1e-9:
        return np.full(len(scores), -MOST)
    odds = SLOPE * ((scores.astype(np.float64) - _border(some)) / spread - 1)
    bounded: NDArray[np.float64] = np.clip(odds, -MOST, MOST)
    return bounded


def score_of_log_odds(scores: Scores) -> float:
    """How much score one unit of `log_odds` is worth; 0 where no tile has a score."""
    some = scores[np.isfinite(scores)].astype(np.float64)
    return float(some.std()) / SLOPE if some.size else 0.0


def believe(
    odds: NDArray[np.float64], answered: AnsweredPairs, judged: dict[int, bool], kinds: Kinds
) -> Belief:
    """Put scores and answers together.

    Args:
        odds: (N,) of `log_odds`.
        answered: Pairs of rows.
        judged: Rows that were kept (True) or rejected (False) for this very question.
        kinds: Of the answered pairs: which tiles are tied by similarity.
    """
    rows = np.unique(np.concatenate([answered.pairs.ravel(), np.array(sorted(judged), np.int64)]))
    group = np.array([kinds.group_of(int(row)) for row in rows], np.int64)
    names, member = np.unique(group, return_inverse=True)
    strength = _strength(odds[rows], member, len(names))
    said = np.zeros(len(names))
    for place, row in enumerate(rows.tolist()):
        if row in judged:
            said[member[place]] += _CERTAIN if judged[row] else -_CERTAIN
    strength += said
    far = answered.pairs[~answered.similar]
    apart = np.unique(np.sort(member[np.searchsorted(rows, far)], axis=1), axis=0)
    after = np.clip(strength, -MOST, MOST)
    against = _against(strength, apart[apart[:, 0] != apart[:, 1]], _breadth(odds, answered))
    after = np.where(said != 0, after, np.clip(after + against, -MOST, MOST))
    # What was said of a tile itself comes before what was said of others of its kind.
    own = np.array([(row in judged) * (MOST if judged.get(row) else -MOST) for row in rows.tolist()])
    posterior = np.where(own != 0, own, after[member])
    return Belief(rows, np.clip(odds[rows], -MOST, MOST), posterior, (own != 0) | (said[member] != 0))


def _strength(odds: NDArray[np.float64], member: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    """(G,) log-odds of each kind, which is meant as a whole or not at all.

    More than the mean of its tiles', but less than their sum: tiles of one kind are told wrongly together.
    """
    size = np.bincount(member, minlength=groups)
    tied = size[member] > 1
    total = np.bincount(member, np.where(tied, np.maximum(odds, LEAST_OF_ONE), odds), groups)
    strength: NDArray[np.float64] = total / size * (1 + np.log2(size) / 2)
    return strength


def _against(strength: NDArray[np.float64], apart: NDArray[np.int64], breadth: float) -> NDArray[np.float64]:
    """(G,) log-odds, at most 0, that each kind loses because it was called unlike one more probably meant.

    Only the more probable of two speaks: which of two unlike tiles is meant, their answer does not tell. The
    strongest reason counts, not each of many that say the same.
    """
    lost = np.zeros(len(strength))
    if len(apart):
        ordered = np.take_along_axis(apart, np.argsort(strength[apart], axis=1, kind="stable"), axis=1)
        weaker, stronger = ordered[:, 0], ordered[:, 1]
        meant = _chance(np.clip(strength[stronger], -MOST_BY_SCORE, MOST_BY_SCORE))
        unlike = (meant * breadth + 1 - meant) / (meant + (1 - meant) * _OTHERS_DIFFER)
        np.minimum.at(lost, weaker, np.minimum(np.log(unlike), 0))
    return lost


def _chance(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return chance


def _breadth(odds: NDArray[np.float64], answered: AnsweredPairs) -> float:
    """How often two tiles that are both meant are called dissimilar, by expectation and maximisation."""
    both = _chance(np.clip(odds[answered.pairs], -MOST_BY_SCORE, MOST_BY_SCORE)).prod(axis=1)
    same, other = both[answered.similar].sum(), both[~answered.similar]
    breadth = _BREADTH
    for _ in range(_ROUNDS):
        share = other * breadth / (other * breadth + 1 - other)
        breadth = (_BREADTH * _BREADTH_ANSWERS + share.sum()) / (_BREADTH_ANSWERS + same + share.sum())
    return float(breadth)


def _border(scores: NDArray[np.float64]) -> float:
    """The score that parts scores into two groups of the least variance within (Otsu)."""
    counts, edges = np.histogram(scores, _BINS)
    middle = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * middle)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    best = int(np.nanargmax(np.where((below > 0) & (above > 0), between, np.nan)))
    return float(edges[best + 1])
