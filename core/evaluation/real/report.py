"""The checks as Markdown: data sets, questions, places, and what is wrong with each truth."""

from __future__ import annotations

from collections.abc import Sequence

from changeseek.core.evaluation.real.groups import FLOORS, GroupFigures, by_group, by_question
from changeseek.core.evaluation.real.judging import RealCheck


def as_markdown(checks: Sequence[RealCheck]) -> str:
    """Tables of average precision: means of each data set, of each question, then every check."""
    if not checks:
        return "No real data.\n"
    lines = [
        f"Average precision; a data set passes above its best baseline and at {FLOORS} times its floor.",
        "",
        f"| data set | checks | floor | {FLOORS} × floor | model | best baseline | direction | |",
        "|---|---|---|---|---|---|---|---|",
        *(_group_row(group) for group in by_group(checks)),
        "",
        *_table("question", [(one.name, one) for one in by_question(checks)], checks[0].baselines),
        "",
        *_table("place and dates", [(_where(check), check) for check in checks], checks[0].baselines),
        "",
        *dict.fromkeys(_rule(check) for check in checks),
    ]
    return "\n".join(lines) + "\n"


def _group_row(group: GroupFigures) -> str:
    best = group.best_baseline
    return (
        f"| {group.name} | {group.checks} | {group.floor:.2f} | {FLOORS * group.floor:.2f} | {group.ap:.2f} "
        f"| {best} {group.baselines[best]:.2f} | {_share(group.direction)} "
        f"| {'passes' if group.passes else 'falls short'} |"
    )


def _table(
    title: str, rows: Sequence[tuple[str, RealCheck | GroupFigures]], baselines: dict[str, float]
) -> list[str]:
    return [
        f"| {title} | floor | model | {' | '.join(baselines)} | direction |",
        f"|---|---|---|{'---|' * len(baselines)}---|",
        *(f"| {name} | {_figures(row)} |" for name, row in rows),
    ]


def _figures(row: RealCheck | GroupFigures) -> str:
    shares = (row.floor, row.ap, *row.baselines.values())
    return " | ".join([*(f"{share:.2f}" for share in shares), _share(row.direction)])


def _where(check: RealCheck) -> str:
    return f"{check.query}, {check.place}, {check.dates} ({check.positive} of {check.tiles})"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _rule(check: RealCheck) -> str:
    return f"- {check.name}: tiles of {check.tile} pixels; right: {check.rule}. {check.truth_weakness}"
