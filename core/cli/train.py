"""`changeseek train`, `train-encoder` and `train-text`: a model from folders of imagery and drawn scenes."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from changeseek.core.cli.output import answer, say

if TYPE_CHECKING:
    from changeseek.core.training.metrics import Row

_SECONDS_BETWEEN_LINES = 10.0

# What both stages are told; what is not given stays as the config file or the default has it.
Data = Annotated[
    Path | None, typer.Argument(metavar="DATA", help="Folder with the data sets.", show_default=False)
]
Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the run; an unfinished one goes on.")
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="TOML; options given beside it come first.")
]
TextTower = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Distilled text tower, or a model's folder.")
]
Start = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder whose weights to go on from.")]
Fusion = Annotated[str | None, typer.Option(metavar="NAME", help="How the dates are fused.")]
Scenes = Annotated[int | None, typer.Option(metavar="N", help="Scenes to draw.")]
DrawnShare = Annotated[float | None, typer.Option(metavar="SHARE", help="Of pairs from drawn scenes.")]
Steps = Annotated[int | None, typer.Option(metavar="N", help="Batches at most.")]
Minutes = Annotated[float | None, typer.Option(metavar="M", help="End after so long.")]
Batch = Annotated[int | None, typer.Option(metavar="N", help="Pairs or images in a batch.")]
LearningRate = Annotated[float | None, typer.Option(metavar="RATE", help="Peak of the schedule.")]
Average = Annotated[float | None, typer.Option(metavar="DECAY", help="Of the averaged weights; 0 for none.")]
LeaveOut = Annotated[
    list[str] | None, typer.Option(metavar="CONCEPT", help="Do not learn it; may be given again.")
]
ValidateEvery = Annotated[
    int | None, typer.Option(metavar="N", help="Steps between validations; 0 keeps no image back for them.")
]
Patience = Annotated[
    int | None, typer.Option(metavar="N", help="End after so many validations without a better one.")
]
CheckpointEvery = Annotated[int | None, typer.Option(metavar="N", help="Steps between checkpoints.")]
Seed = Annotated[int | None, typer.Option(metavar="N", help="Everything random follows from it.")]
Device = Annotated[str | None, typer.Option(metavar="auto|cpu|cuda", help="Where to train.")]
Precision = Annotated[str | None, typer.Option(metavar="auto|bf16|fp16|no", help="Of the arithmetic.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Replace the run that lies in the folder.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("train")(train)
    app.command("train-encoder")(train_encoder)
    app.command("train-text")(train_text)


def train(
    output: Output,
    data: Data = None,
    config: ConfigFile = None,
    captioned: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR|CSV", help="Pairs with captions of people; may be given again."),
    ] = None,
    captioned_share: Annotated[
        float | None, typer.Option(metavar="SHARE", help="Of each batch that they get.")
    ] = None,
    text_tower: TextTower = None,
    start: Start = None,
    fusion: Fusion = None,
    steps: Steps = None,
    minutes: Minutes = None,
    batch: Batch = None,
    learning_rate: LearningRate = None,
    average: Average = None,
    scenes: Scenes = None,
    drawn_share: DrawnShare = None,
    scene_batch: Annotated[
        int | None, typer.Option(metavar="N", help="Classified images beside each batch.")
    ] = None,
    leave_out: LeaveOut = None,
    validate_every: ValidateEvery = None,
    patience: Patience = None,
    checkpoint_every: CheckpointEvery = None,
    seed: Seed = None,
    device: Device = None,
    precision: Precision = None,
    fresh: Fresh = False,
) -> None:
    """Train a model and write its folder."""
    options = settings(locals())
    from changeseek.core.training.command import train_model
    from changeseek.core.training.config import TrainingConfig
    from changeseek.core.training.config_file import load_config

    wanted = load_config(TrainingConfig, config, options)
    show_model(train_model(wanted, output, fresh=fresh, watch=Teller(wanted.steps)))


def train_encoder(
    output: Output,
    data: Data = None,
    config: ConfigFile = None,
    text_tower: TextTower = None,
    start: Start = None,
    steps: Steps = None,
    minutes: Minutes = None,
    batch: Batch = None,
    learning_rate: LearningRate = None,
    average: Average = None,
    leave_out: LeaveOut = None,
    validate_every: ValidateEvery = None,
    patience: Patience = None,
    checkpoint_every: CheckpointEvery = None,
    seed: Seed = None,
    device: Device = None,
    precision: Precision = None,
    fresh: Fresh = False,
) -> None:
    """Teach the image encoder what lies on the ground; `train --start` goes on from it."""
    options = settings(locals())
    from changeseek.core.training import command
    from changeseek.core.training.config import SceneTrainingConfig
    from changeseek.core.training.config_file import load_config

    wanted = load_config(SceneTrainingConfig, config, options)
    show_model(command.train_encoder(wanted, output, fresh=fresh, watch=Teller(wanted.steps)))


def train_text(
    teacher: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the MiniLM sentence encoder.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the text tower.")],
    sentences: Annotated[int, typer.Option(metavar="N", min=1000, help="Sentences to learn from.")] = 64000,
    epochs: Annotated[int, typer.Option(metavar="N", min=1, help="Passes over them.")] = 3,
    seed: Annotated[int, typer.Option(metavar="N", help="Everything random follows from it.")] = 0,
) -> None:
    """Distil the sentence encoder into the small text tower that `train` starts from."""
    from changeseek.core.training.distill import distill

    agreement = distill(teacher, output, sentences=sentences, epochs=epochs, seed=seed)
    answer(f"mean cosine with the teacher on held-out sentences: {agreement:.3f}")


def show_model(path: Path) -> None:
    """Say where the model lies."""
    # Of several processes, which torchrun numbers, one answers.
    if os.environ.get("RANK", "0") == "0":
        answer(str(path))


def settings(options: dict[str, Any]) -> dict[str, Any]:
    """Of a command's parameters those that a config has."""
    settings = {name: value for name, value in options.items() if name not in ("output", "config", "fresh")}
    # An option that may be given again is an empty list where it was not given.
    return {
        name: tuple(value) or None if isinstance(value, list) else value for name, value in settings.items()
    }


class Teller:
    """Says now and then how the training goes, and every validation."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._last = time.monotonic()

    def __call__(self, row: Row) -> None:
        """Say a row of the metrics."""
        judged = row.get("validation")
        if judged is not None:
            figures = ", ".join(f"{name} {value:.3f}" for name, value in judged.items())
            say(f"step {row['step']}: validation {figures}{', the best so far' if row['best'] else ''}")
        elif time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            rest = ", ".join(f"{name} {value}" for name, value in row.items() if name != "step")
            say(f"step {row['step']} of {self._steps}: {rest}")
