"""What a training is told. The fields are the keys of a config file and the options of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar

from changeseek.core.errors import TrainingConfigError
from changeseek.core.model.fusion import FUSIONS

PRECISIONS = ("auto", "bf16", "fp16", "no")


def _bounded(default: Any, least: float, most: float = float("inf")) -> Any:
    return field(default=default, metadata={"least": least, "most": most})


def _one_of(default: str, choices: tuple[str, ...]) -> Any:
    return field(default=default, metadata={"choices": choices})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """What both stages of training are told.

    Attributes:
        data: Folder with the data sets of single images and twice-flown plots; None for none.
        text_tower: Folder with a distilled text tower, or a model's; None for that of the embedded model.
        start: Model folder of the same sizes whose weights to go on from; None to start afresh.
        steps: Batches at most.
        minutes: End after so many minutes of training even if steps are left; None for no limit. Only a run
            without a limit is repeatable to the bit.
        batch: Pairs, images or transitions in a batch, for each process.
        learning_rate: Peak of the one-cycle schedule.
        weight_decay: AdamW's.
        average: Decay of the averaged weights, which are validated and kept; 0 keeps the last weights.
        leave_out: Keys of concepts that are not learned, to see later how the model does without.
        validate_every: Steps between two validations on kept-back training images; 0 keeps no image back.
        patience: End after so many validations in a row without a better one; 0 for never.
        checkpoint_every: Steps between two checkpoints; a validation makes one too.
        seed: Everything random follows from it.
        device: `auto`, `cpu` or `cuda`.
        precision: Of the network's arithmetic: `bf16`, `fp16` (GPU only), `no` for float32, `auto` for what
            the device does best.

    Raises:
        TrainingConfigError: A value is out of its bounds.
    """

    command: ClassVar[str]

    data: Path | None = None
    text_tower: Path | None = None
    start: Path | None = None
    steps: int = _bounded(5000, 1)
    minutes: float | None = _bounded(None, 0.01)
    batch: int = _bounded(64, 2)
    learning_rate: float = _bounded(1.5e-3, 0.0)
    weight_decay: float = _bounded(0.05, 0.0)
    average: float = _bounded(0.998, 0.0, 0.999999)
    leave_out: tuple[str, ...] = ()
    validate_every: int = _bounded(500, 0)
    patience: int = _bounded(0, 0)
    checkpoint_every: int = _bounded(500, 1)
    seed: int = _bounded(0, 0)
    device: str = "auto"
    precision: str = _one_of("auto", PRECISIONS)

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if value is None:
                continue
            least, most = one.metadata.get("least"), one.metadata.get("most")
            if least is not None and not least <= value <= most:
                bounds = f"at least {least:g}" if most == float("inf") else f"from {least:g} to {most:g}"
                raise TrainingConfigError(f"{one.name} is {value}", f"It must be {bounds}")
            choices = one.metadata.get("choices")
            if choices is not None and value not in choices:
                raise TrainingConfigError(
                    f"there is no {one.name} {value!r}", f"Choose one of {', '.join(choices)}"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig(RunConfig):
    """What `changeseek train` is told beside that.

    Attributes:
        captioned: Data sets of pairs with people's captions: folders in the layout of LEVIR-CC or Dubai-CC,
            or CSV tables. Their validation split is for validation.
        captioned_share: Share of each batch that they get; all of it where nothing else is at hand.
        fusion: How the dates are fused, one of `FUSIONS`.
        scenes: Two-date scenes to draw.
        drawn_share: Share of pairs from drawn scenes.
        unchanged_share: Share of composed pairs in which nothing happens.
        scene_batch: Classified single images beside each batch of pairs; 0 for none.
        validation_pairs: Pairs composed of kept-back images, by which a validation judges.
    """

    command: ClassVar[str] = "train"

    captioned: tuple[Path, ...] = ()
    captioned_share: float = _bounded(0.5, 0.0, 1.0)
    fusion: str = _one_of("tff", FUSIONS)
    scenes: int = _bounded(40, 0)
    drawn_share: float = _bounded(0.5, 0.0, 1.0)
    unchanged_share: float = _bounded(0.3, 0.0, 1.0)
    scene_batch: int = _bounded(32, 0)
    validation_pairs: int = _bounded(300, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadTrainingConfig(TrainingConfig):
    """What `changeseek train-heads` is told beside that.

    Attributes:
        pairs: Pairs that are composed, augmented and encoded once, to learn from.
        images: Classified single images, the same way.
    """

    command: ClassVar[str] = "train-heads"

    steps: int = _bounded(1000, 1)
    batch: int = _bounded(192, 2)
    learning_rate: float = _bounded(1e-3, 0.0)
    average: float = _bounded(0.99, 0.0, 0.999999)
    scene_batch: int = _bounded(192, 0)
    pairs: int = _bounded(16000, 2)
    images: int = _bounded(20000, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneTrainingConfig(RunConfig):
    """What `changeseek train-encoder` is told beside that.

    Attributes:
        smoothing: Of the class targets.
    """

    command: ClassVar[str] = "train-encoder"

    steps: int = _bounded(20000, 1)
    batch: int = _bounded(96, 4)
    learning_rate: float = _bounded(2e-3, 0.0)
    validate_every: int = _bounded(1000, 0)
    smoothing: float = _bounded(0.1, 0.0, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingTrainingConfig(RunConfig):
    """What `changeseek train-wordings` is told beside that; it needs no data, and validates by none.

    Attributes:
        wordings: Of each meaning, of which the mean is what all of them shall say.
    """

    command: ClassVar[str] = "train-wordings"

    steps: int = _bounded(400, 1)
    batch: int = _bounded(80, 4)
    learning_rate: float = _bounded(2e-4, 0.0)
    average: float = _bounded(0.99, 0.0, 0.999999)
    validate_every: int = _bounded(0, 0, 0)
    wordings: int = _bounded(24, 1)
