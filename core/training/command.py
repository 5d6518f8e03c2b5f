"""What `changeseek train` and its sisters `train-encoder`, `-heads` and `-wordings` do: a run's folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from changeseek.core.model.text_itsr import TextItsrConfig
from changeseek.core.training.config import (
    HeadTrainingConfig,
    RunConfig,
    SceneTrainingConfig,
    TrainingConfig,
    WordingTrainingConfig,
)
from changeseek.core.training.device import make_accelerator
from changeseek.core.training.encoder_stage import EncoderStage
from changeseek.core.training.head_stage import HeadStage
from changeseek.core.training.loop import Lesson, Watch, learn
from changeseek.core.training.pair_stage import PairStage
from changeseek.core.training.run_folder import RunFolder, run_to_go_on
from changeseek.core.training.wording_stage import WordingStage


class Stage(Protocol):
    """A stage of training; when it is made, all that can be wrong with its data has been found."""

    def lesson(self, folder: RunFolder) -> Lesson[Any]:
        """What is learned."""
        ...

    def export(self, folder: RunFolder) -> None:
        """Write what the stage is for."""
        ...


def train_model(
    config: TrainingConfig,
    out: Path,
    network: TextItsrConfig | None = None,
    *,
    fresh: bool = False,
    watch: Watch | None = None,
) -> Path:
    """Train a model and write its folder.

    A run that was stopped goes on where its last checkpoint was; a finished one is left as it is.

    Args:
        config: What to do.
        out: Folder for the run; the model lies in `out / "model"`.
        network: Sizes; None for the usual ones. The fusion is the config's.
        fresh: Replace the run that lies in `out`.
        watch: Told each row of the metrics.

    Returns:
        The model's folder.

    Raises:
        TrainingConfigError: The config names no data, or a precision that the device lacks.
        TrainingDataError: No training images or no text tower where they were named.
        UnknownModelError: The weights to go on from are not there, or of another network.
        UnknownDeviceError: The device that was named is not there.
        OtherRunError: `out` holds another run. None of these has written anything.
        TrainingDivergedError: A loss is no number any more.
        MachineFaultError: The disk is full or faulty.
    """
    _train(config, out, lambda: PairStage(config, network), fresh, watch)
    return RunFolder(out).model


def train_encoder(
    config: SceneTrainingConfig,
    out: Path,
    network: TextItsrConfig | None = None,
    *,
    fresh: bool = False,
    watch: Watch | None = None,
) -> Path:
    """Teach the image encoder the classes of single images; `train_model` goes on from its folder.

    Arguments and errors are those of `train_model`.

    Returns:
        The weights' file in `out`.
    """
    _train(config, out, lambda: EncoderStage(config, network), fresh, watch)
    return RunFolder(out).weights


def train_heads(
    config: HeadTrainingConfig,
    out: Path,
    network: TextItsrConfig | None = None,
    *,
    fresh: bool = False,
    watch: Watch | None = None,
) -> Path:
    """Train fusion and heads of a model whose encoders stay as they are, and write its folder.

    Arguments, errors and what is returned are those of `train_model`.
    """
    _train(config, out, lambda: HeadStage(config, network), fresh, watch)
    return RunFolder(out).model


def train_wordings(
    config: WordingTrainingConfig, out: Path, *, fresh: bool = False, watch: Watch | None = None
) -> Path:
    """Teach a trained model that all wordings of a meaning say the same, and write its folder.

    The other arguments and what is returned are those of `train_model`, and so are the errors, but:

    Raises:
        TrainingConfigError: No model to go on from was named, or it is what the run itself will write.
        TrainingDataError: The model's tokenizer is missing.
    """
    _train(config, out, lambda: WordingStage(config, out), fresh, watch)
    return RunFolder(out).model


def _train(
    config: RunConfig, out: Path, make_stage: Callable[[], Stage], fresh: bool, watch: Watch | None
) -> None:
    found = None if fresh else run_to_go_on(out, config)
    if found is not None and found.finished:
        return
    accelerator = make_accelerator(config)
    stage = make_stage()
    folder = RunFolder(out)
    with ExitStack() as held:
        if accelerator.is_main_process:
            folder.make()
            held.enter_context(folder.alone())
            if found is None:
                folder.begin(config)
        with accelerator.main_process_first():
            lesson = stage.lesson(folder)
        summary = learn(lesson, config, folder, accelerator, watch)
        if accelerator.is_main_process:
            stage.export(folder)
            folder.finish(summary)
        accelerator.wait_for_everyone()
