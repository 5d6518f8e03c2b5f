"""`changeseek demo`: the main job on a scene that the program draws itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from changeseek.core.cli.output import answer_facts, answer_json, answer_table, say

_FIGURES = (
    "mean_precision_at_10",
    "mean_ap",
    "mean_floor",
    "mean_ap_pixel_difference",
    "caption_top5",
    "caption_nothing",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for everything the demo makes.")],
    seed: Annotated[int, typer.Option(metavar="N", help="Which scene to draw.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Draw two dates, index them, ask a dozen queries and compare with the truth."""
    from changeseek.core.cli.progress import progress_bar
    from changeseek.core.demo.command import run_demo
    from changeseek.core.demo.folder import DemoFolder
    from changeseek.core.demo.voice import Voice

    report = run_demo(directory, seed, Voice(say, progress_bar)).as_json()
    answer_json(report) if as_json else _answer(report)
    folder = DemoFolder(directory)
    say(f"look at {folder.picture}, or open {folder.project} in QGIS")


def _answer(report: dict[str, Any]) -> None:
    rows = [
        [query["text"], query["mode"], *(f"{query[name]:.2f}" for name in ("floor", "precision_at_10", "ap"))]
        for query in report["queries"]
    ]
    answer_table(["query", "mode", "floor", "precision@10", "AP"], rows, numbers=(2, 3, 4))
    answer_facts({name: f"{report[name]:.3f}" for name in _FIGURES})
