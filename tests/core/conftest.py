"""A model that needs no weights: it sees mean colours and reads colour words, so a test can say what wins."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, settings
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from changeseek.core.model.interface import PairEmbeddings, Patches, TextKind, Vectors
from changeseek.core.model.text_encoder import TextEncoderConfig
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig

COLOURS = {"red": (1.0, 0.0, 0.0), "green": (0.0, 1.0, 0.0), "blue": (0.0, 0.0, 1.0)}
DIMENSIONS = 16

# How long one example takes says nothing on a busy machine.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@dataclass
class ColourModel:
    """A `PairModel` whose scene space is the mean colour and whose change space is the difference of the two.

    A change text names colours that came ("red") or says what replaced what; one that starts with
    "nothing" means no change.
    """

    name: str = "colours"
    sha256: str = "c0" * 32
    dimensions: int = DIMENSIONS
    patch_size: int = 8
    device: str = "cpu"
    batch_size: int = 4
    reference_changes: Vectors | None = None
    batch_shapes: list[tuple[int, ...]] = field(default_factory=list)

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        self.batch_shapes.append(before.shape)
        old, new = _mean_colour(before), _mean_colour(after)
        return PairEmbeddings(_projected(old, 0.0), _projected(new, 0.0), _projected(new - old, 0.05))

    def embed_text(self, texts: Sequence[str], kind: TextKind = "change") -> Vectors:
        return np.concatenate([_text_vector(text) for text in texts])


def _mean_colour(patches: Patches) -> Vectors:
    means: Vectors = patches.mean(axis=(2, 3), dtype=np.float64).astype(np.float32) / 255
    return means


def _projected(colours: Vectors, nothing: float) -> Vectors:
    """(N, 3) colours and a share of "nothing" to unit vectors (N, D)."""
    widened = np.concatenate([colours, np.full((len(colours), 1), nothing, np.float32)], axis=1)
    basis = np.random.default_rng(7).normal(size=(DIMENSIONS, 4))
    orthonormal = np.linalg.qr(basis)[0].astype(np.float32)
    vectors = widened @ orthonormal.T
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit


def _named_colour(text: str) -> Vectors:
    """(3,) sum of the colours that a text names."""
    named = [COLOURS.get(word, (0.0, 0.0, 0.0)) for word in ["", *text.split()]]
    colour: Vectors = np.asarray(named, np.float32).sum(axis=0)
    return colour


def _text_vector(text: str) -> Vectors:
    words = text.lower().split()
    gone, _, come = text.lower().rpartition(" turned into ")
    colour = _named_colour(come) - _named_colour(gone)
    if words[:1] == ["nothing"]:
        return _projected(np.zeros((1, 3), np.float32), 1.0)
    if colour.any():
        return _projected(colour[None].astype(np.float32), 0.0)
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    return _projected(np.random.default_rng(seed).normal(size=(1, 3)).astype(np.float32), 0.0)


@pytest.fixture(scope="session")
def make_colour_model() -> Callable[[], ColourModel]:
    return ColourModel


@pytest.fixture
def colour_model() -> ColourModel:
    return ColourModel()


_KNOWN_WORDS = "forest replaced by houses where there was a lake nothing has changed road field"


@pytest.fixture(scope="session")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A word-level tokenizer that knows a dozen words."""
    vocabulary = {word: number for number, word in enumerate(["[PAD]", "[UNK]", *_KNOWN_WORDS.split()])}
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
