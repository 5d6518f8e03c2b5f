"""A threshold with a meaning: how many of the hits above it are right, and how sure that is.

Ours, not the papers'. Hits are cut into strata by rank, because the tiles that people were asked about are
the doubtful ones: a plain share of right answers among them would be too low at the top and too high below.
Within a stratum the answered tiles count as they are; the others follow a Beta distribution of the answered
ones, which begins at what the scores say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from changeseek.core.index.scoring import Scores

STRATA = (10, 20, 50, 100, 200, 500, 1000)
LEAST_ANSWERED = 5
# What the scores say counts as so many answers.
_PRIOR_ANSWERS = 3.0
_MARGIN = 0.025
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Expected:
    """What a threshold means.

    Attributes:
        score: The threshold.
        hits: Tiles that score as high or higher.
        expected: Share, 0..1, of right answers to expect among them.
        low: Lower end of the 95 % interval.
        high: Upper end.
        answers: Tiles among them of which an answer tells whether they are right.
    """

    score: float
    hits: int
    expected: float
    low: float
    high: float
    answers: int


def expect(scores: Scores, odds: NDArray[np.float64], known: dict[int, float]) -> tuple[Expected, ...]:
    """Expected precision down to some ranks, highest threshold first; none where too little is known.

    Args:
        scores: (N,) float32, -inf for tiles that are left out.
        odds: (N,) log-odds that each tile is right, as far as scores and answers say.
        known: Probability that it is right, of each tile that an answer tells of.
    """
    if len(known) < LEAST_ANSWERED:
        return ()
    order = np.argsort(-scores, kind="stable")[: int(np.isfinite(scores).sum())]
    ends = sorted({min(end, len(order)) for end in STRATA})
    found, sure, right, variance, answers, start = [], 0.0, 0.0, 0.0, 0, 0
    for end in ends:
        stratum = order[start:end]
        told = [known[row] for row in stratum.tolist() if row in known]
        open_ = np.array([row for row in stratum.tolist() if row not in known], np.int64)
        sure, answers, start = sure + sum(told), answers + len(told), end
        if len(open_):
            mean, spread = _share(told, float((1 / (1 + np.exp(-odds[open_]))).mean()))
            right += len(open_) * mean
            # The share of a stratum is one unknown, each of its tiles one more draw from it.
            variance += (len(open_) * spread) ** 2 + len(open_) * mean * (1 - mean)
        expected = (sure + right) / end
        low, high = _interval(expected, variance / end**2)
        found.append(Expected(float(scores[order[end - 1]]), end, expected, low, high, answers))
    return tuple(found)


def _share(told: list[float], before: float) -> tuple[float, float]:
    """Mean and standard deviation of the share of right tiles in a stratum."""
    total = _PRIOR_ANSWERS + len(told)
    mean = (_PRIOR_ANSWERS * before + sum(told)) / total
    return mean, float(np.sqrt(mean * (1 - mean) / (total + 1)))


def _interval(mean: float, variance: float) -> tuple[float, float]:
    """The 95 % interval of the Beta distribution with that mean and variance."""
    if variance <= 0 or not 0 < mean < 1:
        return mean, mean
    total = max(mean * (1 - mean) / variance - 1, 1e-3)
    shape = (mean * total, (1 - mean) * total)
    low, high = (round(float(betaincinv(*shape, part)), _DIGITS) for part in (_MARGIN, 1 - _MARGIN))
    return low, high
