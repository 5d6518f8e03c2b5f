"""`changeseek evaluate`: how good a model is; below it `anneal`: how good relevance feedback is."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from changeseek.core.cli.evaluate_anneal import evaluate_anneal
from changeseek.core.cli.index import DEFAULT_TILE
from changeseek.core.cli.output import answer, answer_json, say

_SEEDS, _PAIRS = 3, 1000
_DEFAULT = "model"


def register(app: typer.Typer) -> None:
    """Add the command, and the one below it."""
    group = typer.Typer(
        cls=_ModelByDefault, help="Measure a model, or relevance feedback.", no_args_is_help=False
    )
    group.command(_DEFAULT)(evaluate)
    group.command("anneal")(evaluate_anneal)
    app.add_typer(group, name="evaluate")


class _ModelByDefault(TyperGroup):
    """`changeseek evaluate DATA` is `changeseek evaluate model DATA`; a folder called so is `./model`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default before what does not begin with a command."""
        if not args or args[0] not in (*self.commands, "--help"):
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


def evaluate(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with ucmerced/ and eurosat/.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder for the report.")
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME|PATH", help="Model; the embedded one.")] = None,
    device: Annotated[str, typer.Option(metavar="auto|cpu|cuda", help="Where the model runs.")] = "auto",
    seeds: Annotated[int, typer.Option(metavar="N", min=1, help="Galleries to compose.")] = _SEEDS,
    pairs: Annotated[int, typer.Option(metavar="N", min=2, help="Changed pairs of a gallery.")] = _PAIRS,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="CONCEPT", help="Ask for changes to or from it, too; may be given again."),
    ] = None,
    real: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder with real pairs of dates to check.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Measure a model on changes composed of test images, beside chance and training-free baselines."""
    from changeseek.core.cli.models import say_device
    from changeseek.core.evaluation.command import EvaluationPlan, write_report
    from changeseek.core.evaluation.command import evaluate as run_evaluation
    from changeseek.core.model.loading import load_model

    loaded = load_model(model, device)
    say_device(loaded, device)
    concepts = tuple(only or ())
    plan = EvaluationPlan(data, tuple(range(seeds)), pairs, pairs // 4, concepts, real, DEFAULT_TILE)
    written = _written(model, seeds, pairs, concepts, real is not None)
    report = run_evaluation(plan, loaded, say, command=written)
    if output is not None:
        write_report(report, output)
    answer_json(report.as_json()) if as_json else answer(report.as_markdown().rstrip())


def _written(model: str | None, seeds: int, pairs: int, only: tuple[str, ...], real: bool) -> str:
    """The command with what the figures follow from; words stand for the paths, which differ by machine."""
    named = model is not None and Path(model).name != model
    words = ["changeseek", "evaluate", "DATA"]
    words += ["--model", "MODEL" if named else model] if model else []
    words += ["--seeds", str(seeds), "--pairs", str(pairs)]
    for concept in only:
        words += ["--only", concept]
    words += ["--real", "REAL"] if real else []
    return shlex.join(words)
