"""The folder of a tiny model with random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from changeseek.core.captions.grammar import Meaning
from changeseek.core.model.card import ModelCard
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig
from changeseek.core.training.export import export_model
from changeseek.core.training.samples import CONCEPT_KEYS, PairSample


@pytest.fixture(scope="session")
def model(
    tiny_config: TextItsrConfig, tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    torch.manual_seed(0)
    card = ModelCard("tiny", "Random weights", "none", tiny_config, (0.3, 10.0))
    image = np.zeros((3, 64, 64), np.uint8)
    quiet = PairSample(image, image, (Meaning(),), np.zeros((2, len(CONCEPT_KEYS)), np.int8))
    export_model(TextItsr(tiny_config), card, tokenizer_file, [quiet], folder)
    return folder
