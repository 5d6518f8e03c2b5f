"""`changeseek demo`: the main job on a scene that the program draws itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from changeseek.core.cli.output import answer, answer_facts, answer_json, answer_table, say

if TYPE_CHECKING:
    from changeseek.core.demo.folder import DemoFolder
    from changeseek.core.demo.report import DemoReport, QueryReport
    from changeseek.core.evaluation.anneal.demo_refinement import Refinements

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
    answers: Annotated[
        int, typer.Option(metavar="N", min=0, help="Refine with N answers of a simulated user, too.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Draw two dates, index them, ask a dozen queries and compare with the truth."""
    from changeseek.core.cli.progress import progress_bar
    from changeseek.core.demo.command import run_demo
    from changeseek.core.demo.folder import DemoFolder
    from changeseek.core.demo.voice import Voice

    report = run_demo(directory, seed, Voice(say, progress_bar))
    folder = DemoFolder(directory)
    refinements = _refine(folder, answers) if answers else ()
    if as_json:
        refined = {"refinements": [one.as_json() for one in refinements]} if refinements else {}
        answer_json(report.as_json() | refined)
    else:
        _answer(report)
        for one in refinements:
            _answer_refinements(one)
    say(f"look at {folder.picture}, or open {folder.project} in QGIS")


def _refine(folder: DemoFolder, answers: int) -> tuple[Refinements, ...]:
    from changeseek.core.evaluation.anneal.demo_refinement import refine_demo
    from changeseek.core.model.loading import load_model

    say(f"a simulated user answers {answers} pairs for each query, then {answers} for all of them together")
    return refine_demo(folder, load_model(), answers)


def _answer_refinements(refinements: Refinements) -> None:
    rows = [
        [one.text, f"{one.ap:.2f}", f"{one.refined_ap:.2f}", str(one.similar), f"{one.weight:.2f}"]
        for one in refinements.queries
    ]
    whose = "for all queries together" if refinements.shared else "for each query"
    answer(f"\n{refinements.answers} answers {whose}")
    answer_table(("query", "AP", "refined AP", "similar", "weight"), rows, numbers=(1, 2, 3, 4))
    gap = f"{100 * refinements.share_of_gap:.0f} % of the gap to 1"
    means = f"{refinements.mean_ap:.3f} -> {refinements.mean_refined_ap:.3f}"
    answer(f"mean AP {means}, {gap}; worst change {refinements.worst_change:+.3f}")


def _answer(report: DemoReport) -> None:
    answer_table(_COLUMNS, [_row(one) for one in report.queries], numbers=(2, 3, 4, 5))
    figures = report.as_json()
    counts = {name: str(figures[name]) for name in _COUNTS}
    answer_facts({name: f"{figures[name]:.3f}" for name in _FIGURES} | counts)


def _row(one: QueryReport) -> list[str]:
    figures = one.figures
    numbers = (figures.precision_at_10, figures.ap, figures.floor, one.pixel_difference.ap)
    return [one.query.text, one.query.mode, *(f"{number:.2f}" for number in numbers)]
