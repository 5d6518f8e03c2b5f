"""A tiny Text-ITSR with random weights: the shipped network's shape at a fraction of its size."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from changeseek.core.model.text_encoder import TextEncoderConfig
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig

WORDS = [
    "forest",
    "replaced",
    "by",
    "houses",
    "where",
    "there",
    "was",
    "a",
    "lake",
    "nothing",
    "has",
    "changed",
    "road",
    "field",
]


@pytest.fixture(scope="session")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A word-level tokenizer that knows a dozen words."""
    vocabulary = {word: number for number, word in enumerate(["[PAD]", "[UNK]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    file = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(file))
    return file


@pytest.fixture(scope="session")
def tiny_config() -> TextItsrConfig:
    """Sizes of the tiny network."""
    text = TextEncoderConfig(vocabulary=80, table_width=8, width=32, layers=2, heads=4, feed_forward=64)
    return TextItsrConfig(dimensions=32, patch_size=64, image_widths=(8, 8, 16, 16), text=text)


@pytest.fixture
def tiny_network(tiny_config: TextItsrConfig) -> TextItsr:
    """The tiny network with seeded random weights, ready to embed."""
    torch.manual_seed(0)
    return TextItsr(tiny_config).eval()
