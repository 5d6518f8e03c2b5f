"""`changeseek train-wordings`: a trained model learns that all wordings of a meaning say the same."""

from __future__ import annotations

from typing import Annotated

import typer

from changeseek.core.cli.train import (
    Average,
    Batch,
    CheckpointEvery,
    ConfigFile,
    Device,
    Fresh,
    LearningRate,
    LeaveOut,
    Minutes,
    Output,
    Precision,
    Seed,
    Start,
    Steps,
    Teller,
    settings,
    show_model,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train-wordings")(train_wordings)


def train_wordings(
    output: Output,
    start: Start = None,
    config: ConfigFile = None,
    wordings: Annotated[
        int | None, typer.Option(metavar="N", help="Of each meaning, whose mean all shall say.")
    ] = None,
    steps: Steps = None,
    minutes: Minutes = None,
    batch: Batch = None,
    learning_rate: LearningRate = None,
    average: Average = None,
    leave_out: LeaveOut = None,
    checkpoint_every: CheckpointEvery = None,
    seed: Seed = None,
    device: Device = None,
    precision: Precision = None,
    fresh: Fresh = False,
) -> None:
    """Teach a trained model that all wordings of a meaning say the same; needs no images."""
    options = settings(locals())
    from changeseek.core.training import command
    from changeseek.core.training.config import WordingTrainingConfig
    from changeseek.core.training.config_file import load_config

    wanted = load_config(WordingTrainingConfig, config, options)
    show_model(command.train_wordings(wanted, output, fresh=fresh, watch=Teller(wanted.steps)))
