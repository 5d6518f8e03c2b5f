"""A very short training runs end to end and leaves a model that loads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file

from changeseek.core import load_model
from changeseek.core.errors import TrainingDataError
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig
from changeseek.core.training.command import train_model
from changeseek.core.training.train import TrainingConfig, one_cycle


@pytest.fixture
def tower(tiny_network: TextItsr, tokenizer_file: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "tower"
    folder.mkdir()
    save_file(tiny_network.text_encoder.state_dict(), folder / "text.safetensors")
    shutil.copyfile(tokenizer_file, folder / "tokenizer.json")
    return folder


def test_a_short_training_writes_a_model_that_embeds(
    tower: Path, data_folder: Path, tiny_config: TextItsrConfig, tmp_path: Path
) -> None:
    config = TrainingConfig(steps=20, batch=8)
    folder = train_model(data_folder, tower, tmp_path / "run", tiny_config, config, scenes=1)
    model = load_model(folder, "cpu")
    patches = np.random.default_rng(0).integers(0, 255, (2, 2, 3, 64, 64), dtype=np.uint8)
    assert model.embed_pairs(patches[0], patches[1]).change.shape == (2, 32)
    assert model.reference_changes is not None and len(model.reference_changes) > 10
    rows = [json.loads(line) for line in (tmp_path / "run" / "metrics.jsonl").read_text().splitlines()]
    assert rows[-1]["step"] == 20
    assert {"change", "scene", "phrase", "pairs_per_second"} <= set(rows[-1])


def test_training_without_a_text_tower_is_refused(
    data_folder: Path, tiny_config: TextItsrConfig, tokenizer_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(TrainingDataError, match="no text tower"):
        train_model(data_folder, tokenizer_file.parent, tmp_path / "run", tiny_config, TrainingConfig(), 0)


def test_the_learning_rate_rises_then_falls_to_nothing() -> None:
    shares = np.linspace(0, 1, 50)
    rates = [one_cycle(share) for share in shares]
    peak = int(np.argmax(rates))
    assert 0 < shares[peak] < 0.1
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert rates[-1] < 1e-9
