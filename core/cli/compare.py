"""`changeseek compare-fusions`: which way to bring the two dates together finds changes best."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from changeseek.core.cli.output import answer, answer_json, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare-fusions")(compare_fusions)


def compare_fusions(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with ucmerced/ and eurosat/.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the report.")],
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Model whose encoders to use; the embedded one.")
    ] = None,
    device: Annotated[str, typer.Option(metavar="auto|cpu|cuda", help="Where to compute.")] = "auto",
    seeds: Annotated[int, typer.Option(metavar="N", min=1, help="Trainings of each fusion.")] = 3,
    pairs: Annotated[int, typer.Option(metavar="N", min=2, help="Training pairs to encode.")] = 12000,
    gallery: Annotated[int, typer.Option(metavar="N", min=2, help="Changed held-out pairs.")] = 1000,
    steps: Annotated[int, typer.Option(metavar="N", min=1, help="Batches for each training.")] = 400,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Train every fusion on the same encoded pairs, measure each on held-out ones, and draw a chart."""
    from changeseek.core.evaluation.fusions import command
    from changeseek.core.evaluation.fusions.base import load_base
    from changeseek.core.evaluation.fusions.heads import HeadTraining

    plan = command.ComparisonPlan(data, pairs, gallery, tuple(range(seeds)), HeadTraining(steps=steps))
    counts = {"seeds": seeds, "pairs": pairs, "gallery": gallery, "steps": steps}
    report = command.compare_fusions(plan, load_base(model, device), say, _written(model, counts))
    command.write_comparison(report, output)
    answer_json(report.as_json()) if as_json else answer(report.as_markdown().rstrip())


def _written(model: str | None, counts: dict[str, int]) -> str:
    """The command with what the figures follow from; words stand for the paths, which differ by machine."""
    words = ["changeseek", "compare-fusions", "DATA", "-o", "DIR"]
    words += ["--model", model if Path(model).name == model else "MODEL"] if model else []
    for name, count in counts.items():
        words += [f"--{name}", str(count)]
    return shlex.join(words)
