"""`changeseek train`: a model from folders of imagery and drawn scenes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from changeseek.core.cli.output import answer

_EMBEDDED = Path(__file__).parents[2] / "resources" / "models" / "embedded"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("train")(train)
    app.command("train-encoder")(train_encoder)
    app.command("train-text")(train_text)


def train(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with the data sets.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the run.")],
    text_tower: Annotated[
        Path, typer.Option(metavar="DIR", help="Distilled text tower, or a model's folder.")
    ] = _EMBEDDED,
    start: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Model folder whose weights to go on from.")
    ] = None,
    fusion: Annotated[str, typer.Option(metavar="NAME", help="How the dates are fused.")] = "tff",
    steps: Annotated[int, typer.Option(metavar="N", min=1, help="Batches at most.")] = 5000,
    minutes: Annotated[float | None, typer.Option(metavar="M", min=0.1, help="End after so long.")] = None,
    batch: Annotated[int, typer.Option(metavar="N", min=2, help="Pairs in a batch.")] = 64,
    learning_rate: Annotated[
        float, typer.Option(metavar="RATE", min=0.0, help="Peak of the schedule.")
    ] = 1.5e-3,
    scenes: Annotated[int, typer.Option(metavar="N", min=0, help="Scenes to draw.")] = 40,
    drawn_share: Annotated[
        float, typer.Option(metavar="SHARE", min=0.0, max=1.0, help="Of pairs from drawn scenes.")
    ] = 0.5,
    scene_batch: Annotated[
        int, typer.Option(metavar="N", min=0, help="Classified images beside each batch.")
    ] = 32,
    leave_out: Annotated[
        list[str] | None, typer.Option(metavar="CONCEPT", help="Do not learn it; may be given again.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Everything random follows from it.")] = 0,
) -> None:
    """Train a model and write its folder."""
    from changeseek.core.model.text_itsr import TextItsrConfig
    from changeseek.core.training.command import train_model
    from changeseek.core.training.train import TrainingConfig

    config = TrainingConfig(
        steps=steps,
        minutes=minutes,
        batch=batch,
        learning_rate=learning_rate,
        drawn_share=drawn_share,
        scene_batch=scene_batch,
        leave_out=tuple(leave_out or ()),
        seed=seed,
    )
    answer(str(train_model(data, text_tower, output, TextItsrConfig(fusion=fusion), config, scenes, start)))


def train_encoder(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with ucmerced/ or eurosat/.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the run.")],
    text_tower: Annotated[
        Path, typer.Option(metavar="DIR", help="Distilled text tower, or a model's folder.")
    ] = _EMBEDDED,
    start: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder whose weights to go on from.")
    ] = None,
    steps: Annotated[int, typer.Option(metavar="N", min=1, help="Batches at most.")] = 20000,
    minutes: Annotated[float | None, typer.Option(metavar="M", min=0.1, help="End after so long.")] = None,
    batch: Annotated[int, typer.Option(metavar="N", min=4, help="Images in a batch.")] = 96,
    leave_out: Annotated[
        list[str] | None, typer.Option(metavar="CONCEPT", help="Do not learn it; may be given again.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Everything random follows from it.")] = 0,
) -> None:
    """Teach the image encoder what lies on the ground; `train --start` goes on from it."""
    from changeseek.core.model.text_itsr import TextItsrConfig
    from changeseek.core.training import command
    from changeseek.core.training.scene_training import SceneTrainingConfig

    config = SceneTrainingConfig(
        steps=steps, minutes=minutes, batch=batch, leave_out=tuple(leave_out or ()), seed=seed
    )
    answer(str(command.train_encoder(data, text_tower, output, TextItsrConfig(), config, start)))


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
