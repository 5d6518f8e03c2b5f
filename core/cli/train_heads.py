"""`changeseek train-heads`: better heads for a model whose encoders stay as they are, in minutes."""

from __future__ import annotations

from typing import Annotated

import typer

from changeseek.core.cli.train import (
    Average,
    Batch,
    ConfigFile,
    Data,
    Device,
    DrawnShare,
    Fresh,
    Fusion,
    LearningRate,
    LeaveOut,
    Minutes,
    Output,
    Precision,
    Scenes,
    Seed,
    Start,
    Steps,
    Teller,
    ValidateEvery,
    settings,
    show_model,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train-heads")(train_heads)


def train_heads(
    output: Output,
    data: Data = None,
    config: ConfigFile = None,
    start: Start = None,
    fusion: Fusion = None,
    pairs: Annotated[int | None, typer.Option(metavar="N", help="Pairs to look at, once each.")] = None,
    images: Annotated[int | None, typer.Option(metavar="N", help="Classified images, the same.")] = None,
    scenes: Scenes = None,
    drawn_share: DrawnShare = None,
    steps: Steps = None,
    minutes: Minutes = None,
    batch: Batch = None,
    learning_rate: LearningRate = None,
    average: Average = None,
    leave_out: LeaveOut = None,
    validate_every: ValidateEvery = None,
    seed: Seed = None,
    device: Device = None,
    precision: Precision = None,
    fresh: Fresh = False,
) -> None:
    """Train fusion and heads of a model anew or further; its encoders stay as they are."""
    options = settings(locals())
    from changeseek.core.training import command
    from changeseek.core.training.config import HeadTrainingConfig
    from changeseek.core.training.config_file import load_config

    wanted = load_config(HeadTrainingConfig, config, options)
    show_model(command.train_heads(wanted, output, fresh=fresh, watch=Teller(wanted.steps)))
