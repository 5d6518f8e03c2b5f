"""Several validations as one, with the score that says which weights are the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from changeseek.core.training.loop import SCORE

# Average precision is told too, but says much the same as the recall.
_NOT_SCORED = ("mean_ap",)


class JointValidation:
    """The figures of all; the score is the mean of recalls, directions and accuracies among them."""

    def __init__(self, parts: Sequence[Callable[[], dict[str, float]]]) -> None:
        self._parts = parts

    def __call__(self) -> dict[str, float]:
        """Figures by name, 0..1."""
        figures = {name: value for part in self._parts for name, value in part().items()}
        scored = [value for name, value in figures.items() if name not in _NOT_SCORED]
        return figures | {SCORE: round(sum(scored) / len(scored), 4)}
