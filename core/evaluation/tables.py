"""Tables of figures in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from changeseek.core.evaluation.retrieval import CUTS, Retrieval
from changeseek.core.evaluation.summary import spread

RECALLS = tuple(f"R@{cut}" for cut in CUTS)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table whose first column is text and whose others are numbers, with an empty line after."""
    yield _line(header)
    yield _line(["---", *("---:" for _ in header[1:])])
    yield from map(_line, rows)
    yield ""


def recalls(found: Sequence[Retrieval]) -> list[str]:
    """Recall at every cut."""
    return [spread([one.recall[cut] for one in found]) for cut in range(len(CUTS))]


def floors(found: Sequence[Retrieval]) -> list[str]:
    """What chance reaches at every cut."""
    return [spread([one.floor[cut] for one in found]) for cut in range(len(CUTS))]


def rank_and_precision(found: Sequence[Retrieval]) -> list[str]:
    """Mean rank of the best right answer, and mean average precision."""
    return [spread([one.mean_rank for one in found], 1), spread([one.mean_ap for one in found])]


def floor_rank_and_precision(found: Sequence[Retrieval]) -> list[str]:
    """The same of a random ranking."""
    return [spread([one.floor_rank for one in found], 1), spread([one.floor_ap for one in found])]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
