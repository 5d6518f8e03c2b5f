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
        return StopAdvice(False, f"{LEAST_ANSWERS - answers} more answers before the gain can be judged")
    if len(exchanged) >= 2 and max(exchanged[-2:]) <= STILL:
        return StopAdvice(True, f"the last {2 * ROUND} answers hardly changed the first hits")
    return StopAdvice(False, "the last answers still changed the first hits")


def exchanged_share(before: NDArray[np.intp], after: NDArray[np.intp]) -> float:
    """Share of first hits that are no longer the same tiles."""
    if not len(after):
        return 0.0
    return 1 - len(np.intersect1d(before, after)) / len(after)
