"""`changeseek evaluate anneal`: how much pairs that are chosen well save a person."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from changeseek.core.cli.output import answer, answer_json, say


def evaluate_anneal(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with ucmerced/ and eurosat/.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the report.")],
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Embeds changes; the embedded one.")
    ] = None,
    scene_model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="Embeds UC Merced; it should not have seen it. Without one, colours and edges are counted.",
        ),
    ] = None,
    device: Annotated[str, typer.Option(metavar="auto|cpu|cuda", help="Where the models run.")] = "auto",
    seeds: Annotated[int, typer.Option(metavar="N", min=1, help="Runs of each strategy.")] = 5,
    rounds: Annotated[
        int, typer.Option(metavar="N", min=1, help="Of 20 pairs each, after 20 by chance.")
    ] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Let a simulated person answer pairs, chosen in six ways, and measure what the metric learns."""
    from changeseek.core.cli.models import say_device
    from changeseek.core.evaluation.anneal import command
    from changeseek.core.evaluation.anneal.simulation import Schedule
    from changeseek.core.model.loading import load_model

    loaded = load_model(model, device)
    say_device(loaded, device)
    scenes = load_model(scene_model, device) if scene_model is not None else None
    archives = tuple(command.read_archives(data, loaded, scenes, say))
    written = _written({"model": model, "scene-model": scene_model}, seeds, rounds)
    report = command.evaluate_anneal(archives, Schedule(rounds=rounds), range(seeds), say, written)
    command.write_anneal(report, output)
    answer_json(report.as_json()) if as_json else answer(report.as_markdown().rstrip())


def _written(models: dict[str, str | None], seeds: int, rounds: int) -> str:
    """The command with what the figures follow from; words stand for the paths, which differ by machine."""
    words = ["changeseek", "evaluate", "anneal", "DATA", "-o", "DIR"]
    for name, model in models.items():
        words += [f"--{name}", model if Path(model).name == model else "MODEL"] if model else []
    return shlex.join([*words, "--seeds", str(seeds), "--rounds", str(rounds)])
