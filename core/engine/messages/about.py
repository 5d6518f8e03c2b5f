"""Questions about the engine itself: versions, device, models, vocabulary, its end.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from .base import KIND, Request


@dataclass(frozen=True)
class HelloAnswer:
    """Who answers.

    Attributes:
        protocol: Version of the protocol.
        version: Of ChangeSeek.
        python: Version of the engine's Python.
        torch: Version of torch and what it was built for.
        pid: The engine's process.
        device: What `auto` takes, such as `cuda:0` or `cpu`.
        device_note: Why a GPU that is there is not used, or that there is none; empty where one is used.
    """

    protocol: int
    version: str
    python: str
    torch: str
    pid: int
    device: str
    device_note: str


@dataclass(frozen=True)
class Hello(Request[HelloAnswer]):
    """The first request: versions and device. Importing torch is part of it, so it takes seconds."""

    method: ClassVar[str] = "hello"
    answer: ClassVar[type] = HelloAnswer


@dataclass(frozen=True)
class StatusAnswer:
    """What the engine's machine has; see `changeseek doctor`."""

    versions: dict[str, str]
    device: str
    gpu_present: bool
    models: tuple[str, ...]
    folders: dict[str, str]
    free_bytes: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Status(Request[StatusAnswer]):
    """`changeseek doctor`."""

    method: ClassVar[str] = "status"
    answer: ClassVar[type] = StatusAnswer


@dataclass(frozen=True)
class Model:
    """A model's card, as far as people choose by it.

    Attributes:
        name: By which it is asked for.
        summary: One sentence.
        licence: Of the weights.
        ground_sample_distance: Metres a pixel that it has seen, smallest and largest.
        data: What it was trained on.
        limits: What it cannot do.
        figures: Measured results by the command that measured them.
    """

    name: str
    summary: str
    licence: str
    ground_sample_distance: tuple[float, float]
    data: tuple[str, ...]
    limits: tuple[str, ...]
    figures: dict[str, Any]


@dataclass(frozen=True)
class ModelsAnswer:
    """The models that are here, the default first."""

    models: tuple[Model, ...] = field(default=(), metadata={KIND: Model})


@dataclass(frozen=True)
class Models(Request[ModelsAnswer]):
    """`changeseek models`."""

    method: ClassVar[str] = "models"
    answer: ClassVar[type] = ModelsAnswer


@dataclass(frozen=True)
class VocabularyAnswer:
    """What the model has learned to understand.

    Attributes:
        phrases: Sentences for completion, those of common changes first.
        scenes: Names of what can lie on the ground, for the modes `before` and `after` and for transitions.
        examples: A few good first queries.
    """

    phrases: tuple[str, ...]
    scenes: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary(Request[VocabularyAnswer]):
    """Words for completion and examples."""

    method: ClassVar[str] = "vocabulary"
    answer: ClassVar[type] = VocabularyAnswer


@dataclass(frozen=True)
class NoAnswer:
    """Done, with nothing to say."""


@dataclass(frozen=True)
class Shutdown(Request[NoAnswer]):
    """End the engine when what it does now has ended; a running build is cancelled and can go on later."""

    method: ClassVar[str] = "shutdown"
    answer: ClassVar[type] = NoAnswer
