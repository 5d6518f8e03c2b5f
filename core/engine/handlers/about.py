"""Answers about the engine itself."""

from __future__ import annotations

import os
import platform
from configparser import ConfigParser
from dataclasses import asdict
from pathlib import Path

from changeseek.core.engine.failures import not_loadable
from changeseek.core.engine.job import Job
from changeseek.core.engine.messages.about import (
    Hello,
    HelloAnswer,
    Model,
    Models,
    ModelsAnswer,
    Status,
    StatusAnswer,
    Vocabulary,
    VocabularyAnswer,
)
from changeseek.core.engine.opened import Opened
from changeseek.core.engine.protocol import PROTOCOL

_METADATA = Path(__file__).resolve().parents[3] / "metadata.txt"


def hello(request: Hello, opened: Opened, job: Job) -> HelloAnswer:
    """Versions and device.

    Raises:
        EngineIncompleteError: Torch is there, but cannot be loaded.
    """
    try:
        import torch
    except OSError as error:
        raise not_loadable(error) from error

    from changeseek.core.doctor import torch_build
    from changeseek.core.model.device import choose_device
    from changeseek.core.model.threads import use_one_core

    use_one_core()
    device, build = str(choose_device("auto")), torch_build()
    return HelloAnswer(
        protocol=PROTOCOL,
        version=version(),
        python=platform.python_version(),
        torch=f"{torch.__version__} ({build})",
        pid=os.getpid(),
        device=device,
        device_note=device_note(device),
    )


def status(request: Status, opened: Opened, job: Job) -> StatusAnswer:
    """What this machine has, and what is wrong with it."""
    from changeseek.core.doctor import examine

    found = asdict(examine())
    return StatusAnswer(**found | {"models": tuple(found["models"]), "problems": tuple(found["problems"])})


def models(request: Models, opened: Opened, job: Job) -> ModelsAnswer:
    """The cards of the models that are here."""
    from changeseek.core.model.loading import DEFAULT_MODEL, available_models

    cards = sorted(available_models(), key=lambda card: card.name != DEFAULT_MODEL)
    return ModelsAnswer(
        tuple(
            Model(
                name=card.name,
                summary=card.summary,
                licence=card.licence,
                ground_sample_distance=card.ground_sample_distance,
                data=card.data,
                limits=card.limits,
                figures=card.figures,
            )
            for card in cards
        )
    )


def vocabulary(request: Vocabulary, opened: Opened, job: Job) -> VocabularyAnswer:
    """Words for completion, and examples."""
    from changeseek.core.captions.vocabulary import phrases, scene_names
    from changeseek.core.demo.queries import DEMO_QUERIES

    return VocabularyAnswer(phrases(), scene_names(), tuple(query.text for query in DEMO_QUERIES))


def version() -> str:
    """Of the folder from which the engine runs, whatever else is installed."""
    metadata = ConfigParser(interpolation=None)
    metadata.read(_METADATA, encoding="utf-8")
    return metadata.get("general", "version", fallback="unknown")


def device_note(device: str) -> str:
    """Why models run on the CPU, empty where they do not."""
    from changeseek.core.doctor import device_problems, has_gpu, torch_build

    none = "" if device != "cpu" else "no GPU was found"
    return "; ".join(device_problems(has_gpu(), device, torch_build())) or none
