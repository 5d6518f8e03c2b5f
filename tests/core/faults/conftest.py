"""A scene, a tiny model, and the index of both as a run leaves it that nobody disturbed."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from numpy.typing import NDArray
from rasterio.transform import from_origin

from changeseek.core.captions.grammar import Meaning
from changeseek.core.model.card import ModelCard
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig
from changeseek.core.training.export import export_model
from changeseek.core.training.samples import CONCEPT_KEYS, PairSample
from changeseek.tests.core.faults.command import Scene, Undisturbed, Watch, end_of, identity, wait_for

# 32 x 32 tiles of 8 pixels: four parts.
SIDE = 256


@pytest.fixture(scope="session")
def tiny_model(
    tiny_config: TextItsrConfig, tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A model's folder."""
    config = replace(tiny_config, patch_size=32)
    torch.manual_seed(0)
    patch = np.zeros((3, 32, 32), np.uint8)
    sample = PairSample(patch, patch, (Meaning(),), np.zeros((2, len(CONCEPT_KEYS)), np.int8))
    card = ModelCard("tiny", "A tiny network.", "GPL-2.0-or-later", config, (0.3, 10.0))
    folder = tmp_path_factory.mktemp("models") / "tiny"
    export_model(TextItsr(config).eval(), card, tokenizer_file, [sample], folder)
    return folder


@pytest.fixture(scope="session")
def undisturbed(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The index as a run leaves it that nobody disturbed."""
    scene = write_scene(tmp_path_factory.mktemp("scene") / "rasters", tiny_model)
    folder = tmp_path_factory.mktemp("undisturbed")
    watch = Watch(folder)
    with scene.started(folder / "i.csx") as process:
        assert not wait_for(partial(watch.reached, sys.maxsize), process)
        assert end_of(process).code == 0
    files = identity(folder / "i.csx")
    assert len(files) == 5, "four parts and index.json"
    return Undisturbed(scene, files, watch.changes)


def write_scene(folder: Path, model: Path) -> Scene:
    """The same pixels whoever asks."""
    folder.mkdir()
    chance = np.random.default_rng(11)
    before, after = chance.integers(1, 256, (2, 3, SIDE, SIDE), dtype=np.uint8)
    return Scene(_write(folder / "before.tif", before), _write(folder / "after.tif", after), model)


def _write(path: Path, pixels: NDArray[np.uint8]) -> Path:
    size = {"count": 3, "height": SIDE, "width": SIDE, "dtype": "uint8", "nodata": 0}
    place = {"crs": "EPSG:32633", "transform": from_origin(500000, 5000000, 1, 1)}
    blocks = {"tiled": True, "blockxsize": 64, "blockysize": 64, "compress": "deflate"}
    with rasterio.open(path, "w", driver="GTiff", **size, **place, **blocks) as dataset:
        dataset.write(pixels)
    return path
