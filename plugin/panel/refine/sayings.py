"""What answers have done so far, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ....core.engine.messages import Conflict, Counts, ExpectedPrecision, RankingChange
from ...translation import tr
from ..search.precision import nearest_to, right_in_words
from ..words import count


def counts_in_words(counts: Counts) -> str:
    """How many answers there are, and how many more follow from them."""
    given = counts.similar + counts.dissimilar
    if not given and not counts.skipped and not counts.kept and not counts.rejected:
        return tr("No answers yet")
    parts = [
        tr("{} answers").format(count(given)) if given != 1 else tr("1 answer"),
        tr("{} similar").format(count(counts.similar)),
        tr("{} not similar").format(count(counts.dissimilar)),
    ]
    if counts.skipped:
        parts.append(tr("{} skipped").format(count(counts.skipped)))
    if counts.kept or counts.rejected:
        parts.append(tr("{} hits kept or rejected").format(count(counts.kept + counts.rejected)))
    follow = counts.inferred_similar + counts.inferred_dissimilar
    if follow:
        parts.append(tr("{} more follow from them").format(count(follow)))
    return " · ".join(parts)


def change_in_words(change: RankingChange) -> str:
    """What the answers of a round did to the ranking."""
    top = count(change.hits)
    if not change.entered and not change.moved:
        return tr("the top {} stayed as they were").format(top)
    if not change.entered:
        return tr("the same top {}, {} of them at another rank").format(top, count(change.moved))
    if len(change.entered) == 1:
        return tr("1 tile entered the top {}").format(top)
    return tr("{} tiles entered the top {}").format(count(len(change.entered)), top)


def precision_in_words(precision: Sequence[ExpectedPrecision], hits: int) -> str:
    """What to expect of about that many of the best hits; empty where too little is known."""
    nearest = nearest_to(precision, hits)
    if nearest is None:
        return ""
    return tr("The best {} hits: {}").format(count(nearest.hits), right_in_words(nearest))


def conflict_in_words(conflict: Conflict) -> str:
    """Which answers contradict one another."""
    chain, ends = conflict.tile_ids, (conflict.tile_ids[0], conflict.tile_ids[-1])
    if len(chain) < 3:
        return tr("{} and {} were called both similar and not similar").format(*ends)
    return tr("{}, yet {} is not similar to {}").format(" ~ ".join(chain), *ends)


def damage_in_words(lines: Sequence[int]) -> str:
    """That a part of the log cannot be read; empty where all of it can."""
    if not lines:
        return ""
    if len(lines) == 1:
        return tr("line {} of the log of answers cannot be read and is left out").format(lines[0])
    return tr("{} lines of the log of answers cannot be read and are left out").format(count(len(lines)))
