"""What `changeseek evaluate anneal` found: JSON for programs, Markdown for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from changeseek.core.evaluation.anneal.figures import REFERENCE, SETTLED, ArchiveFigures
from changeseek.core.evaluation.anneal.judging import FIRST
from changeseek.core.evaluation.summary import spread, summary
from changeseek.core.evaluation.tables import table

_SHOWN = (60, 120, 220, 420)


@dataclass(frozen=True, slots=True)
class AnnealReport:
    """All archives.

    Attributes:
        command: The command that found it, with words for the paths.
        seeds: Of the runs.
        archives: One for each data set.
    """

    command: str
    seeds: tuple[int, ...]
    archives: tuple[ArchiveFigures, ...]

    def as_json(self) -> dict[str, Any]:
        """All figures and what follows from them; JSON values only."""
        found = asdict(self)
        for one, figures in zip(found["archives"], self.archives, strict=True):
            one["summary"] = {name: summary(runs) for name, runs in one["runs"].items()}
            one["pairs_to_reach_uniform"] = {name: figures.pairs_to_reach(name) for name in figures.runs}
            one["better_than_plain"] = {name: figures.better_than_plain(name) for name in figures.runs}
        return found

    def as_markdown(self) -> str:
        """The figures that people compare, as tables."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"`{self.command}`"
        yield ""
        for one in self.archives:
            yield from _section(one, len(self.seeds))


def _section(one: ArchiveFigures, seeds: int) -> Iterator[str]:
    shown = [count for count in one.answered if count in _SHOWN] or [one.answered[-1]]
    yield f"### {one.title}, embedded by {one.model}"
    yield ""
    yield (
        f"{one.pool:,} to ask about, {one.gallery:,} others as gallery and queries, {one.kinds} kinds; of "
        f"pairs by chance {100 * one.share_similar:.1f} % are similar. Mean average precision after so many "
        f"answered pairs, mean ± standard deviation over {seeds} seeds; without any answer it is "
        f"{one.plain.mean_ap:.3f} (precision at {FIRST}: {one.plain.precision:.3f})."
    )
    yield ""
    header = ["pairs chosen by", *map(str, shown), f"precision at {FIRST}", "similar, %"]
    header += [f"pairs to {REFERENCE}'s end", f"seeds better from {SETTLED} on"]
    yield from table(header, [_row(one, name, shown) for name in one.runs])
    cost = one.cost
    yield (
        f"Cost: {cost.pairs} pairs are {cost.pairs} bits. A class label is log2 {one.kinds} = "
        f"{cost.bits_a_label:.2f} bits, so the same bits label {cost.labels} items, drawn by chance, of "
        f"which all pairs are then known; from these the same head reaches "
        f"{spread([run.mean_ap for run in one.labelled])}. "
        f"Labelling the whole pool takes {cost.bits_of_pool:,.0f} bits."
    )
    yield ""


def _row(one: ArchiveFigures, name: str, shown: list[int]) -> list[str]:
    curve, runs = one.curve(name), one.runs[name]
    reached = one.pairs_to_reach(name)
    return [
        name,
        *(spread(curve[:, one.answered.index(count)].tolist()) for count in shown),
        spread([run.precision[-1] for run in runs]),
        spread([100 * run.similar[-1] for run in runs], 0),
        "not reached" if reached is None else str(reached),
        f"{one.better_than_plain(name)} of {len(runs)}",
    ]
