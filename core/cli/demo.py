"""`changeseek demo`: the main job on a scene that the program draws itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from changeseek.core.cli.output import answer_facts, answer_json, answer_table, say

if TYPE_CHECKING:
    from changeseek.core.demo.report import DemoReport, QueryReport

_COLUMNS = ("query", "mode", "P@10", "AP", "floor", "pixel AP")
_FIGURES = (
    "mean_precision_at_10",
    "mean_ap",
    "mean_floor",
    "mean_ap_pixel_difference",
    "caption_top5",
    "caption_nothing",
)
_COUNTS = ("known_tiles", "quiet_tiles")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for everything the demo makes.")],
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Which scene to draw.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Draw two dates, index them, ask a dozen queries and compare with the truth."""
    from changeseek.core.cli.progress import progress_bar
    from changeseek.core.demo.command import run_demo
    from changeseek.core.demo.folder import DemoFolder
    from changeseek.core.demo.voice import Voice

    report = run_demo(directory, seed, Voice(say, progress_bar))
    answer_json(report.as_json()) if as_json else _answer(report)
    folder = DemoFolder(directory)
    say(f"look at {folder.picture}, or open {folder.project} in QGIS")


def _answer(report: DemoReport) -> None:
    answer_table(_COLUMNS, [_row(one) for one in report.queries], numbers=(2, 3, 4, 5))
    figures = report.as_json()
    counts = {name: str(figures[name]) for name in _COUNTS}
    answer_facts({name: f"{figures[name]:.3f}" for name in _FIGURES} | counts)


def _row(one: QueryReport) -> list[str]:
    figures = one.figures
    numbers = (figures.precision_at_10, figures.ap, figures.floor, one.pixel_difference.ap)
    return [one.query.text, one.query.mode, *(f"{number:.2f}" for number in numbers)]
