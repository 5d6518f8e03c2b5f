"""The image encoder learns classes by their names, in a short run end to end."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from changeseek.core.errors import TrainingDataError
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig
from changeseek.core.training.command import train_encoder, train_model
from changeseek.core.training.scene_augment import augment_scenes
from changeseek.core.training.scene_images import load_scene_images
from changeseek.core.training.scene_training import PhraseMeans, SceneTrainingConfig, accuracy
from changeseek.core.training.train import TrainingConfig


@pytest.fixture
def tower(tiny_network: TextItsr, tokenizer_file: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "tower"
    folder.mkdir()
    save_file(tiny_network.text_encoder.state_dict(), folder / "text.safetensors")
    (folder / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())
    return folder


def test_a_split_holds_its_own_images(data_folder: Path) -> None:
    (train,), (test,) = (load_scene_images(data_folder, split) for split in ("train", "test"))
    assert (len(train.images), len(test.images)) == (12, 3)
    assert train.title == "UC Merced"
    assert (train.labels == -1).all()


def test_a_folder_without_images_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no classified images"):
        load_scene_images(tmp_path, "train")


def test_augmented_images_are_shares_of_the_wanted_size() -> None:
    images = np.random.default_rng(0).integers(0, 255, (5, 3, 48, 48), dtype=np.uint8)
    seen = augment_scenes(images, 32, torch.Generator().manual_seed(0))
    assert seen.shape == (5, 3, 32, 32)
    assert seen.min() >= 0 and seen.max() <= 1


def test_an_encoder_learns_colours_and_training_goes_on_from_it(
    tower: Path, data_folder: Path, tiny_config: TextItsrConfig, tokenizer_file: Path, tmp_path: Path
) -> None:
    config = SceneTrainingConfig(steps=60, batch=12, learning_rate=5e-3)
    weights = train_encoder(data_folder, tower, tmp_path / "encoder", tiny_config, config)
    rows = [json.loads(line) for line in (tmp_path / "encoder" / "metrics.jsonl").read_text().splitlines()]
    assert rows[-1]["step"] == 60
    assert len(rows[-1]["accuracy"]) == 1
    folder = train_model(
        data_folder, tower, tmp_path / "run", tiny_config, TrainingConfig(steps=2, batch=4, scene_batch=6),
        scenes=0, start=weights.parent,
    )  # fmt: skip
    assert (folder / "weights.safetensors").is_file()


def test_accuracy_counts_images_whose_name_is_nearest(
    tiny_network: TextItsr, tokenizer_file: Path, data_folder: Path
) -> None:
    sets = load_scene_images(data_folder, "test")
    tokenizer = SentenceTokenizer(tokenizer_file, 16)
    names = [PhraseMeans(tiny_network, tokenizer, list(one.names)) for one in sets]
    (found,) = accuracy(tiny_network, names, sets)
    assert 0 <= found <= 1
    assert found * len(sets[0].images) == pytest.approx(round(found * len(sets[0].images)), abs=1e-3)
