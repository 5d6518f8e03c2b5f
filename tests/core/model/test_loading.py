"""Model folders: written, found by name or path, refused in plain words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from changeseek.core import load_model
from changeseek.core.captions.grammar import Meaning
from changeseek.core.errors import UnknownDeviceError, UnknownModelError
from changeseek.core.model.card import ModelCard, read_card
from changeseek.core.model.device import choose_device
from changeseek.core.model.text_itsr import TextItsr, TextItsrConfig
from changeseek.core.training.export import export_model
from changeseek.core.training.samples import CONCEPT_KEYS, PairSample

CHANCE = np.random.default_rng(3)


@pytest.fixture
def model_folder(
    tiny_network: TextItsr, tiny_config: TextItsrConfig, tokenizer_file: Path, tmp_path: Path
) -> Path:
    card = ModelCard("tiny", "A tiny network.", "GPL-2.0-or-later", tiny_config, (0.3, 10.0))
    patch = CHANCE.integers(0, 255, (3, 64, 64), dtype=np.uint8)
    sample = PairSample(patch, patch, (Meaning(),), np.zeros((2, len(CONCEPT_KEYS)), np.int8))
    export_model(tiny_network, card, tokenizer_file, [sample], tmp_path / "tiny")
    return tmp_path / "tiny"


def test_a_written_model_is_loaded_by_its_path_and_embeds(model_folder: Path) -> None:
    model = load_model(model_folder, "cpu")
    patches = CHANCE.integers(0, 255, (2, 5, 3, 96, 96), dtype=np.uint8)
    embeddings = model.embed_pairs(patches[0], patches[1])
    for vectors in (
        *embeddings,
        model.embed_text(["a lake", "forest"]),
        model.embed_text(["a road"], kind="scene"),
    ):
        assert vectors.dtype == np.float32
        assert vectors.shape[1] == model.dimensions == 32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert model.device == "cpu"
    assert model.name == str(model_folder.resolve())
    assert model.reference_changes is not None and model.reference_changes.shape == (1, 32)


def test_an_embedding_does_not_depend_on_the_rest_of_its_batch(model_folder: Path) -> None:
    model = load_model(model_folder, "cpu")
    patches = CHANCE.integers(0, 255, (2, 7, 3, 64, 64), dtype=np.uint8)
    together = model.embed_pairs(patches[0], patches[1]).change
    alone = model.embed_pairs(patches[0][3:4], patches[1][3:4]).change
    np.testing.assert_allclose(together[3:4], alone, atol=1e-4)


def test_texts_come_back_in_the_order_they_were_given(model_folder: Path) -> None:
    model = load_model(model_folder, "cpu")
    texts = ["forest replaced by houses", "a lake", "nothing has changed"]
    together = model.embed_text(texts)
    for row, text in enumerate(texts):
        np.testing.assert_allclose(together[row], model.embed_text([text])[0], atol=1e-5)


def test_the_card_comes_back_as_it_was_written(model_folder: Path, tiny_config: TextItsrConfig) -> None:
    card = read_card(model_folder)
    assert card.network == tiny_config
    assert card.ground_sample_distance == (0.3, 10.0)


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownModelError, match="no model 'clippy'"):
        load_model("clippy")


def test_a_damaged_card_is_refused(model_folder: Path) -> None:
    (model_folder / "card.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UnknownModelError, match="cannot be read"):
        load_model(model_folder)


@pytest.mark.parametrize("wish", ["cuda:99", "toaster"])
def test_a_device_that_is_not_here_is_refused(wish: str) -> None:
    with pytest.raises(UnknownDeviceError, match="no device"):
        choose_device(wish)
