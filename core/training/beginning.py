"""The network as a training finds it: its sizes, its text tower, and the weights that it goes on from."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from changeseek.core.errors import TrainingConfigError, TrainingDataError, UnknownModelError
from changeseek.core.model.card import TOKENIZER_FILE, WEIGHTS_FILE
from changeseek.core.model.loading import DEFAULT_MODEL, MODELS_FOLDER
from changeseek.core.model.storage import load_weights
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig
from changeseek.core.training.config import RunConfig, TrainingConfig
from changeseek.core.training.memory import keep_freed_memory
from changeseek.core.training.samples import CONCEPT_KEYS

log = logging.getLogger(__name__)

_PREFIX = "text_encoder."
_OF_FUSION = ("fusion.", "change_head.")


def begin(config: RunConfig, network: TextItsrConfig | None = None) -> tuple[TextItsr, SentenceTokenizer]:
    """The network before its first step, and its tokenizer.

    Args:
        config: Names text tower, start, fusion and seed.
        network: Sizes; None for the usual ones.

    Raises:
        TrainingConfigError: A concept that is to be left out is none.
        TrainingDataError: There is no text tower where it was named.
        UnknownModelError: `start` holds no weights of this network.
    """
    _refuse_unknown(config.leave_out)
    keep_freed_memory()
    torch.manual_seed(config.seed)
    sizes = network or TextItsrConfig()
    if isinstance(config, TrainingConfig):
        sizes = replace(sizes, fusion=config.fusion)
    model = TextItsr(sizes)
    tower = tower_of(config)
    if config.start is None:
        _load_text_tower(model, tower)
    else:
        _load_start(model, config.start / WEIGHTS_FILE)
    if not (tower / TOKENIZER_FILE).is_file():
        raise _no_tower(tower)
    return model, SentenceTokenizer(tower / TOKENIZER_FILE, sizes.text.longest)


def _refuse_unknown(concepts: Collection[str]) -> None:
    for concept in concepts:
        if concept not in CONCEPT_KEYS:
            raise TrainingConfigError(
                f"there is no concept {concept!r} to leave out", f"Known: {', '.join(CONCEPT_KEYS)}"
            )


def tower_of(config: RunConfig) -> Path:
    """Folder of the text tower that a config means."""
    return config.text_tower or MODELS_FOLDER / DEFAULT_MODEL


def _load_start(model: TextItsr, file: Path) -> None:
    """Fill the network; where it has another fusion than the file, its fusion begins afresh."""
    own, found = model.state_dict(), load_weights(file)
    fusion = {name: value for name, value in own.items() if name.startswith(_OF_FUSION)}
    stored = {name: value for name, value in found.items() if name.startswith(_OF_FUSION)}
    if _shapes(stored) != _shapes(fusion):
        log.info("the fusion is another than that of %s and begins afresh", file)
        found = {name: value for name, value in found.items() if name not in stored} | fusion
    if _shapes(found) != _shapes(own):
        raise UnknownModelError(
            f"the weights in {file} are those of another network", "Name a model of the same sizes"
        )
    model.load_state_dict(found)


def _shapes(weights: dict[str, Tensor]) -> dict[str, torch.Size]:
    return {name: value.shape for name, value in weights.items()}


def _load_text_tower(model: TextItsr, folder: Path) -> None:
    alone, whole = folder / "text.safetensors", folder / WEIGHTS_FILE
    if alone.is_file():
        weights = load_file(alone)
    elif whole.is_file():
        weights = {
            name.removeprefix(_PREFIX): value
            for name, value in load_weights(whole).items()
            if name.startswith(_PREFIX)
        }
    else:
        raise _no_tower(folder)
    try:
        model.text_encoder.load_state_dict({name: value.float() for name, value in weights.items()})
    except RuntimeError as error:
        raise TrainingDataError(
            f"the text tower in {folder} has other sizes", "Name the one that the network was made for"
        ) from error


def _no_tower(folder: Path) -> TrainingDataError:
    return TrainingDataError(
        f"no text tower in {folder}", "Name a model folder, or one that distilling wrote"
    )
