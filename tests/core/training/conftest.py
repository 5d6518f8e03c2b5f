"""A data folder in the layout of the public sets, a few images large."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.torch import save_file

from changeseek.core.captions.grammar import Meaning
from changeseek.core.model.card import ModelCard
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.export import export_model
from changeseek.core.training.samples import CONCEPT_KEYS, PairSample

CHANCE = np.random.default_rng(5)
CLASSES = {"forest": (30, 80, 30), "agricultural": (160, 140, 80), "river": (40, 60, 110)}


def _picture(colour: tuple[int, int, int], size: int) -> Image.Image:
    noise = CHANCE.normal(0, 12, (size, size, 3))
    return Image.fromarray(np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8))


def _write_classes(folder: Path) -> None:
    rows = ["image,split"]
    for name, colour in CLASSES.items():
        (folder / name).mkdir(parents=True)
        for number in range(5):
            _picture(colour, 64).save(folder / name / f"{number}.png")
            rows.append(f"{name}/{number}.png,{'test' if number == 4 else 'train'}")
    (folder / "split.csv").write_text("\n".join(rows), encoding="utf-8")


def _write_flights(folder: Path) -> None:
    for flight, colour in (("flight_a", (120, 140, 70)), ("flight_b", (150, 120, 80))):
        (folder / flight).mkdir(parents=True)
        _picture(colour, 80).save(folder / flight / "plot.tif")


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`ucmerced/` with three classes, four training images and a test image each, and a plot flown twice."""
    folder = tmp_path_factory.mktemp("data")
    _write_classes(folder / "ucmerced")
    _write_flights(folder / "neon_sjer")
    return folder


@pytest.fixture
def tower(tiny_network: TextItsr, tokenizer_file: Path, tmp_path: Path) -> Path:
    """The tiny network's text encoder as distilling would have left it."""
    folder = tmp_path / "tower"
    folder.mkdir()
    save_file(tiny_network.text_encoder.state_dict(), folder / "text.safetensors")
    shutil.copyfile(tokenizer_file, folder / "tokenizer.json")
    return folder


@pytest.fixture
def model_folder(tiny_network: TextItsr, tokenizer_file: Path, tmp_path: Path) -> Path:
    """The tiny network as a training on pairs would have left it."""
    patch, presence = np.zeros((3, 64, 64), np.uint8), np.zeros((2, len(CONCEPT_KEYS)), np.int8)
    card = ModelCard("tiny", "A tiny network.", "none", tiny_network.config, (0.3, 10.0), recipe={"seed": 0})
    quiet = PairSample(patch, patch, (Meaning(),), presence)
    export_model(tiny_network, card, tokenizer_file, [quiet], tmp_path / "tiny")
    return tmp_path / "tiny"
