"""The checks of a data set together: does the model beat chance, and what needs no training on change?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from changeseek.core.evaluation.real.judging import RealCheck

# A model is of use where it finds so many times more than chance.
FLOORS = 1.8


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Means of some checks, over the places and dates of each question first, then over the questions.

    Attributes:
        name: The data set, or one question of it.
        checks: How many checks there are.
        floor: Mean share of right tiles.
        ap: Mean average precision of the product.
        baselines: Mean average precision of the others.
        direction: Mean share of right tiles that score higher than with their dates swapped, or None.
    """

    name: str
    checks: int
    floor: float
    ap: float
    baselines: dict[str, float]
    direction: float | None

    @property
    def best_baseline(self) -> str:
        """The one with the highest mean."""
        return max(self.baselines, key=self.baselines.__getitem__)

    @property
    def wanted(self) -> float:
        """What the product should at least reach: the best baseline, and `FLOORS` times the floor."""
        return max(self.baselines[self.best_baseline], FLOORS * self.floor)

    @property
    def passes(self) -> bool:
        """Above the best baseline and at least `FLOORS` times the floor."""
        return self.ap > self.baselines[self.best_baseline] and self.ap >= FLOORS * self.floor


def by_question(checks: Sequence[RealCheck]) -> tuple[GroupFigures, ...]:
    """Means over the places and dates of each question, in the order of the checks."""
    return tuple(
        _mean_of_checks(name, [check for check in checks if check.name == name])
        for name in dict.fromkeys(check.name for check in checks)
    )


def by_group(checks: Sequence[RealCheck]) -> tuple[GroupFigures, ...]:
    """Means over the questions of each data set: one asked of many dates counts no more than the others."""
    groups = dict.fromkeys(check.group for check in checks)
    return tuple(
        _mean_of_questions(group, by_question([check for check in checks if check.group == group]))
        for group in groups
    )


def _mean_of_checks(name: str, checks: Sequence[RealCheck]) -> GroupFigures:
    return GroupFigures(
        name,
        len(checks),
        mean(check.floor for check in checks),
        mean(check.ap for check in checks),
        _mean_baselines([check.baselines for check in checks]),
        _mean_known([check.direction for check in checks]),
    )


def _mean_of_questions(name: str, questions: Sequence[GroupFigures]) -> GroupFigures:
    return GroupFigures(
        name,
        sum(question.checks for question in questions),
        mean(question.floor for question in questions),
        mean(question.ap for question in questions),
        _mean_baselines([question.baselines for question in questions]),
        _mean_known([question.direction for question in questions]),
    )


def _mean_baselines(found: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: mean(one[name] for one in found) for name in found[0]}


def _mean_known(shares: Sequence[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return mean(known) if known else None
