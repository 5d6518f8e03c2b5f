"""Which validation was the best, and whether it is time to stop."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class BestSoFar:
    """The best validation of a run.

    Attributes:
        patience: Validations in a row that may be no better than the best; 0 for any number.
        score: Of the best, None before the first.
        step: Of the best.
        waited: Validations since it.
    """

    patience: int
    score: float | None = None
    step: int = 0
    waited: int = 0

    def take(self, score: float, step: int) -> bool:
        """Count a validation; returns whether it is the best. Of equals the later one is."""
        if self.score is not None and score < self.score:
            self.waited += 1
            return False
        self.score, self.step, self.waited = score, step, 0
        return True

    @property
    def exhausted(self) -> bool:
        """Whether patience is at its end."""
        return 0 < self.patience <= self.waited
