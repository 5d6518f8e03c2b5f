"""Whether more answers are worth a person's time. Ours, not the papers': they stop after a fixed number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# The last two rounds of so many answers are looked at.
ROUND = 10
LEAST_ANSWERS = 30
# Share of the first hits that may still be exchanged by a round.
STILL = 0.05
# Share of answers that the others must tell right, where there are no hits to look at.
AGREED = 0.95


@dataclass(frozen=True, slots=True)
class StopAdvice:
    """Whether to stop, and why in one short sentence."""

    stop: bool
    why: str


def advise(answers: int, exchanged: list[float]) -> StopAdvice:
    """Advice from what the last rounds did.

    Args:
        answers: Pairs answered so far.
        exchanged: Share, 0..1, of the first hits that each of the last rounds exchanged, the newest last.
    """
    if answers < LEAST_ANSWERS:
        return _too_few(answers)
    if len(exchanged) >= 2 and max(exchanged[-2:]) <= STILL:
        return StopAdvice(True, f"the last {2 * ROUND} answers hardly changed the first hits")
    return StopAdvice(False, "the last answers still changed the first hits")


def advise_by_agreement(answers: int, agreement: float | None) -> StopAdvice:
    """Advice where no question is refined, so that there are no first hits.

    Args:
        answers: Pairs answered so far.
        agreement: Share, 0..1, of answers that are told right by the others; None where there are too few.
    """
    if answers < LEAST_ANSWERS:
        return _too_few(answers)
    if agreement is not None and agreement >= AGREED:
        return StopAdvice(True, "nearly all answers are told right by the others")
    return StopAdvice(False, "not nearly all answers are told right by the others yet")


def exchanged_share(before: NDArray[np.intp], after: NDArray[np.intp]) -> float:
    """Share of first hits that are no longer the same tiles."""
    if not len(after):
        return 0.0
    return 1 - len(np.intersect1d(before, after)) / len(after)


def _too_few(answers: int) -> StopAdvice:
    return StopAdvice(False, f"{LEAST_ANSWERS - answers} more answers before the gain can be judged")
