"""What `changeseek train` does: data in, model folder out."""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file

from changeseek.core.errors import TrainingDataError
from changeseek.core.model.card import TOKENIZER_FILE, WEIGHTS_FILE, ModelCard
from changeseek.core.model.storage import load_into, load_weights, save_weights
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig
from changeseek.core.training.batches import PairMixer, batches
from changeseek.core.training.composition import Composer
from changeseek.core.training.drawn import drawn_samples, load_samples, save_samples
from changeseek.core.training.export import balanced, export_model
from changeseek.core.training.library import data_sets, load_library, load_unchanged_pairs
from changeseek.core.training.memory import keep_freed_memory
from changeseek.core.training.samples import PairSample, without
from changeseek.core.training.scene_images import load_scene_images
from changeseek.core.training.scene_training import (
    SceneLessons,
    SceneTrainingConfig,
    hold_out,
    train_scenes,
)
from changeseek.core.training.train import TrainingConfig, train

log = logging.getLogger(__name__)

_OWN_DATA = (
    "Two-date scenes drawn by this project, training textures",
    "Text encoder distilled from all-MiniLM-L6-v2: Apache-2.0",
)
_LIMITS = (
    "Knows about twenty things on the ground; words far from them are matched to the nearest.",
    "Trained on pairs made from single images and drawn scenes, not on real change.",
    "Small and cloud-covered changes, and changes under a sixteenth of a tile, are missed.",
)


def train_model(
    data: Path,
    text_tower: Path,
    out: Path,
    network: TextItsrConfig,
    config: TrainingConfig,
    scenes: int,
    start: Path | None = None,
) -> Path:
    """Train a model and write its folder.

    Args:
        data: Folder with `ucmerced/`, `eurosat/`, `dubai_mbrsc/`, `neon_sjer/`, each optional.
        text_tower: Folder with the distilled `text.safetensors` and its `tokenizer.json`, or a model folder.
        out: Folder for the run; the model lies in `out / "model"`.
        network: Sizes and fusion.
        config: How long and how hard.
        scenes: Scenes to draw; drawn pairs are kept in `out` and used again.
        start: Model folder of the same sizes whose weights to go on from; None to start afresh.

    Returns:
        The model's folder.

    Raises:
        TrainingDataError: No training images or no text tower where they were named; nothing was written.
        UnknownModelError: `start` holds no weights of this network.
    """
    model, tokenizer = _begin(text_tower, network, config.seed, start)
    size = network.patch_size
    composers = [
        Composer(library, config.unchanged_share, config.seed + number)
        for number, library in enumerate(load_library(data, size, leave_out=config.leave_out))
    ]
    out.mkdir(parents=True, exist_ok=True)
    drawn = without(_drawn(out, scenes, size, config.seed), config.leave_out)
    mixer = PairMixer(drawn, composers, load_unchanged_pairs(data, size), config.drawn_share, config.seed)
    lessons = _lessons(model, tokenizer, data, config)
    train(model, tokenizer, batches(mixer, config.batch, config.steps, config.seed), config, out, lessons)
    reference = balanced(drawn + [composer.draw() for composer in composers for _ in range(1500)], 4)
    recipe = asdict(config) | {"scenes": scenes, "started_from": start.name if start else "the text tower"}
    card = ModelCard(
        name="model",
        summary="Text-ITSR trained by this project on open images and drawn scenes",
        licence="GPL-2.0-or-later",
        network=network,
        ground_sample_distance=(0.3, 10.0),
        data=data_sets(data) + _OWN_DATA,
        recipe=recipe,
        limits=_LIMITS,
    )
    export_model(model, card, text_tower / TOKENIZER_FILE, reference, out / card.name)
    return out / card.name


def train_encoder(
    data: Path,
    text_tower: Path,
    out: Path,
    network: TextItsrConfig,
    config: SceneTrainingConfig,
    start: Path | None = None,
) -> Path:
    """Teach the image encoder the classes of single images; `train_model` goes on from its folder.

    Args:
        data: Folder with `ucmerced/`, `eurosat/`, `dubai_mbrsc/`, each optional.
        text_tower: Folder with the distilled `text.safetensors` and its `tokenizer.json`, or a model folder.
        out: Folder for the run.
        network: Sizes.
        config: How long and how hard.
        start: Folder with weights of the same sizes to go on from; None to start afresh.

    Returns:
        The weights' file in `out`.

    Raises:
        TrainingDataError: No classified images or no text tower where they were named; nothing was written.
        UnknownModelError: `start` holds no weights of this network.
    """
    model, tokenizer = _begin(text_tower, network, config.seed, start)
    learned, held_out = hold_out(load_scene_images(data, "train", config.leave_out))
    out.mkdir(parents=True, exist_ok=True)
    train_scenes(model, SceneLessons(model, tokenizer, learned, config), held_out, config, out)
    save_weights(model.state_dict(), out / WEIGHTS_FILE)
    return out / WEIGHTS_FILE


def _begin(
    text_tower: Path, network: TextItsrConfig, seed: int, start: Path | None
) -> tuple[TextItsr, SentenceTokenizer]:
    keep_freed_memory()
    torch.manual_seed(seed)
    model = TextItsr(network)
    if start is None:
        _load_text_tower(model, text_tower)
    else:
        load_into(model, start / WEIGHTS_FILE)
    return model, SentenceTokenizer(text_tower / TOKENIZER_FILE, network.text.longest)


def _lessons(
    model: TextItsr, tokenizer: SentenceTokenizer, data: Path, config: TrainingConfig
) -> SceneLessons | None:
    if not config.scene_batch:
        return None
    beside = SceneTrainingConfig(steps=config.steps, batch=config.scene_batch, seed=config.seed)
    return SceneLessons(model, tokenizer, load_scene_images(data, "train", config.leave_out), beside)


def _load_text_tower(model: TextItsr, folder: Path) -> None:
    alone, whole = folder / "text.safetensors", folder / WEIGHTS_FILE
    if alone.is_file():
        model.text_encoder.load_state_dict({name: value.float() for name, value in load_file(alone).items()})
    elif whole.is_file():
        prefix = "text_encoder."
        weights = load_weights(whole)
        model.text_encoder.load_state_dict(
            {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}
        )
    else:
        raise TrainingDataError(
            f"no text tower in {folder}", "Name a model folder, or one that distilling wrote"
        )


def _drawn(folder: Path, scenes: int, size: int, seed: int) -> list[PairSample]:
    if not scenes:
        return []
    file = folder / f"drawn-{scenes}-{size}-{seed}.npz"
    if not file.exists():
        save_samples(drawn_samples(scenes, size, seed), file)
    return load_samples(file)
