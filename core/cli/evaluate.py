"""`changeseek evaluate`: how good a model is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from changeseek.core.cli.output import answer, answer_json, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate)


def evaluate(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with ucmerced/ and eurosat/.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder for the report.")
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME|PATH", help="Model; the embedded one.")] = None,
    device: Annotated[str, typer.Option(metavar="auto|cpu|cuda", help="Where the model runs.")] = "auto",
    seeds: Annotated[int, typer.Option(metavar="N", min=1, help="Galleries to compose.")] = 3,
    pairs: Annotated[int, typer.Option(metavar="N", min=2, help="Changed pairs of a gallery.")] = 1000,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Measure a model on changes composed of test images, beside chance and training-free baselines."""
    from changeseek.core.cli.models import say_device
    from changeseek.core.evaluation import command
    from changeseek.core.model.loading import load_model

    loaded = load_model(model, device)
    say_device(loaded, device)
    report = command.evaluate(data, loaded, range(seeds), say, pairs=pairs, quiet=pairs // 4)
    if output is not None:
        command.write_report(report, output)
    answer_json(report.as_json()) if as_json else answer(report.as_markdown().rstrip())
