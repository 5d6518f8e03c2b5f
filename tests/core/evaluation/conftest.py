"""A folder of classified images of one colour each, and a model that knows these colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from changeseek.core.captions.concepts import BY_KEY
from changeseek.core.model.interface import PairEmbeddings, Patches, TextKind, Vectors

CLASSES = {
    "forest": (60, 180, 60),
    "agricultural": (180, 60, 60),
    "river": (60, 60, 180),
    "beach": (140, 140, 140),
}
CONCEPTS = ("forest", "field", "river", "beach")
COLOURS = np.array(list(CLASSES.values()), np.float32)


@pytest.fixture(scope="session")
def classified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layout of UC Merced with four classes, two test images each."""
    folder = tmp_path_factory.mktemp("data")
    rows = ["image,split", *_write_images(folder / "ucmerced")]
    (folder / "ucmerced" / "split.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def _write_images(folder: Path) -> Iterator[str]:
    chance = np.random.default_rng(3)
    for name, colour in CLASSES.items():
        (folder / name).mkdir(parents=True)
        for number in range(3):
            pixels = np.clip(np.array(colour) + chance.normal(0, 10, (64, 64, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
            yield f"{name}/{number}.png,{'train' if number == 0 else 'test'}"


@dataclass
class BagModel:
    """A `PairModel` that knows which classes an image shows and which ones a text names, and no order.

    So its change vectors are the same for both orders of the dates.
    """

    name: str = "bag"
    sha256: str = "ba" * 32
    dimensions: int = len(CONCEPTS) + 1
    patch_size: int = 32
    device: str = "cpu"
    batch_size: int = 4
    reference_changes: Vectors | None = None

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        old, new = _shares(before), _shares(after)
        return PairEmbeddings(_unit(old, 0.0), _unit(new, 0.0), _unit(np.abs(new - old), 0.3))

    def embed_text(self, texts: Sequence[str], kind: TextKind = "change") -> Vectors:
        return np.concatenate([_named(text) for text in texts])


@pytest.fixture
def bag_model() -> BagModel:
    return BagModel()


def _shares(patches: Patches) -> Vectors:
    """(N, C) share of the pixels that are of each class's colour rather than another's."""
    hues = _hues(patches.astype(np.float32).transpose(0, 2, 3, 1))[:, :, :, None]
    nearest = ((hues - _hues(COLOURS)) ** 2).sum(axis=-1).argmin(axis=-1)
    return np.stack([(nearest == place).mean(axis=(1, 2)) for place in range(len(CONCEPTS))], axis=1)


def _hues(colours: Vectors) -> Vectors:
    """(..., 3) how far each band is from their mean, whatever the light."""
    mean = colours.mean(axis=-1, keepdims=True)
    hues: Vectors = (colours - mean) / (mean + 1)
    return hues


def _unit(shares: Vectors, nothing: float) -> Vectors:
    """Unit vectors of shares (N, C) and of how little there is of all."""
    vectors = np.concatenate([shares, np.full((len(shares), 1), nothing)], axis=1).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _named(text: str) -> Vectors:
    """The unit vector of the classes that a text names, (1, D)."""
    named = [[float(_names(text.lower(), concept)) for concept in CONCEPTS]]
    return _unit(np.array(named, np.float32), 0.01 if any(named[0]) else 1.0)


def _names(text: str, concept: str) -> bool:
    nouns = "|".join(noun.bare for noun in BY_KEY[concept].nouns)
    return re.search(rf"\b({nouns})\b", text) is not None
