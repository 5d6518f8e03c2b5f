"""How much of a training is done, and how fast it learns there."""

from __future__ import annotations

import math
import time


class Clock:
    """Time spent on training, over all runs that went on from each other.

    Args:
        steps: Batches at most.
        minutes: Time at most, None for no limit.
    """

    def __init__(self, steps: int, minutes: float | None) -> None:
        self._steps = steps
        self._minutes = minutes
        self._begun = time.monotonic()

    def set(self, seconds: float) -> None:
        """So many seconds were spent before now."""
        self._begun = time.monotonic() - seconds

    @property
    def elapsed(self) -> float:
        """Seconds spent."""
        return time.monotonic() - self._begun

    def share(self, step: int) -> float:
        """Share of the training that is done with that step; 1 or more at its end."""
        timed = self.elapsed / (60 * self._minutes) if self._minutes else 0.0
        return max(step / self._steps, timed)


def one_cycle(share: float, warm_up: float = 0.06) -> float:
    """Learning rate as a share of its peak when `share` (0..1) of the training is done."""
    if share < warm_up:
        return max(share / warm_up, 0.01)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (share - warm_up) / (1 - warm_up))))
