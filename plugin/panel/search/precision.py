"""What to expect of the best hits, by the answers that people gave, in words."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QLocale

from ....core.engine.messages import ExpectedPrecision
from ...translation import tr


def nearest_to(precision: Sequence[ExpectedPrecision], hits: int) -> ExpectedPrecision | None:
    """What is expected of about that many of the best hits; None where too little is known."""
    return min(precision, key=lambda one: abs(one.hits - hits)) if precision else None


def right_in_words(expected: ExpectedPrecision) -> str:
    """Such as `about 72 % right (58 % to 84 %)`, no line broken before the signs."""
    return tr("about {} right ({} to {})").format(
        *(_percent(share) for share in (expected.expected, expected.low, expected.high))
    )


def by_answers(expected: ExpectedPrecision, hits: int) -> str:
    """What to expect of so many of the best hits, or of how many others where those are far from it."""
    if max(hits, expected.hits) <= 2 * min(hits, expected.hits):
        return tr("By your answers {}").format(right_in_words(expected))
    best = QLocale().toString(expected.hits)
    return tr("By your answers, of the best {} {}").format(best, right_in_words(expected))


def _percent(share: float) -> str:
    return f"{QLocale().toString(round(100 * share))}\N{NO-BREAK SPACE}%"
