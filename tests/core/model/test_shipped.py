"""The model that ships: small, described, and right about direction."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core import load_model
from changeseek.core.model.embedded import EmbeddedModel
from changeseek.core.model.interface import PairModel
from changeseek.core.model.loading import DEFAULT_MODEL, MODELS_FOLDER, available_models
from changeseek.core.scenes.draw import draw_scene
from changeseek.core.scenes.plan import DEMO_PLAN

FOLDER = MODELS_FOLDER / DEFAULT_MODEL


@pytest.fixture(scope="module")
def model() -> PairModel:
    return load_model(device="cpu")


def test_it_weighs_at_most_20_megabytes_all_told() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= 20_000_000


def test_its_card_says_what_it_is_made_of_and_what_it_cannot_do() -> None:
    (card,) = [card for card in available_models() if card.name == DEFAULT_MODEL]
    assert card.licence
    assert len(card.data) >= 5
    assert card.recipe
    assert card.limits
    assert card.figures


def test_every_listed_model_can_be_loaded_by_the_name_it_is_listed_under() -> None:
    for card in available_models():
        assert load_model(card.name, "cpu").name == card.name


def test_it_shows_which_sentences_are_hubs(model: PairModel) -> None:
    assert model.reference_changes is not None
    np.testing.assert_allclose(np.linalg.norm(model.reference_changes, axis=1), 1, atol=1e-2)


def test_a_text_that_no_caption_holds_lies_nearer_to_its_meaning_than_to_another(model: PairModel) -> None:
    strange, right, wrong = model.embed_text(["mansions", "houses", "a lake"], kind="scene")
    assert strange @ right > strange @ wrong


def test_direction_separates_a_sentence_from_its_reverse(model: PairModel) -> None:
    forth, back = model.embed_text(["forest turned into houses", "houses turned into forest"])
    assert forth @ back < 0.5


def test_forest_turned_into_houses_is_nearer_to_its_sentence_than_to_the_reverse(model: PairModel) -> None:
    scene = draw_scene(11, 1024, textures="held-out", plan=DEMO_PLAN)
    (event, *_) = [event for event in scene.events if event.name == "houses built on forest"]
    rows, columns = event.bounds.row_start, event.bounds.col_start
    place = slice(rows, rows + 128), slice(columns, columns + 128)
    before, after = (date[place].transpose(2, 0, 1)[None].copy() for date in (scene.before, scene.after))
    change = model.embed_pairs(before, after).change[0]
    forth, back, nothing = model.embed_text(
        [
            "houses built where there was forest",
            "forest planted where there were houses",
            "nothing has changed",
        ]
    )
    assert change @ forth > max(change @ back, change @ nothing)


def test_a_large_tile_is_resized_few_at_a_time_with_the_same_result(
    model: PairModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    patches = np.random.default_rng(0).integers(0, 255, (2, 3, 3, 300, 300), dtype=np.uint8)
    at_once = model.embed_pairs(patches[0], patches[1]).change
    monkeypatch.setattr(f"{EmbeddedModel.__module__}._RESIZE_BYTES", 1)
    np.testing.assert_allclose(model.embed_pairs(patches[0], patches[1]).change, at_once, atol=1e-5)
