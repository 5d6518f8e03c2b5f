"""All figures of a gallery, asked of a model that knows the classes but not the order of the dates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import platformdirs
import pytest

from changeseek.core.evaluation.gallery import composed_gallery
from changeseek.core.evaluation.measure import GalleryFigures, direction, measure, measure_named
from changeseek.core.model.interface import PairModel


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path)


@pytest.fixture
def figures(classified: Path, bag_model: PairModel) -> GalleryFigures:
    gallery = composed_gallery(classified, bag_model.patch_size, seed=0, pairs=40, quiet=10)
    return measure(gallery, bag_model, seed=0, only=["river"])


def test_what_a_model_knows_shows_in_all_figures(figures: GalleryFigures) -> None:
    assert (figures.pairs, figures.quiet, figures.meanings) == (40, 10, 12)
    change = figures.methods["change"]
    wordings = dict(figures.wordings)
    strange = wordings.pop("wordings and nouns never heard")  # nouns that the model does not know
    assert strange.mean_ap < min(one.mean_ap for one in wordings.values())
    for found in (change.to_pairs, change.to_all, figures.named["change"], *wordings.values()):
        assert found.mean_ap > found.floor_ap
        assert found.mean_rank < found.floor_rank
    assert figures.methods["change"].to_pairs.mean_ap > figures.methods["pixel difference"].to_pairs.mean_ap
    assert change.to_texts.mean_rank < change.to_texts.floor_rank
    assert change.all_to_texts_strict.floor_rank == (50 + 1) / 2
    assert figures.detection["pixel difference"].area > 0.6
    assert figures.captions.first_five > figures.captions.floor[1]
    assert figures.captions.similarity.rouge_l > figures.captions.of_chance.rouge_l
    assert figures.captions.of_truth.cider_d > figures.captions.of_chance.cider_d


def test_what_knows_no_order_of_the_dates_has_no_direction(figures: GalleryFigures) -> None:
    assert figures.methods["change"].direction is None
    assert figures.methods["pixel difference"].direction is None
    after = figures.methods["after only"].direction
    assert after is not None
    assert after > 0.3


def test_a_gallery_for_a_concept_has_figures_of_its_own(classified: Path, bag_model: PairModel) -> None:
    gallery = composed_gallery(classified, 32, seed=0, pairs=100, quiet=0, only=("river",))
    found = measure_named(gallery, bag_model, seed=0)
    assert (found.pairs, found.meanings) == (30, 6)
    assert found.to_pairs["change"].mean_ap > found.to_pairs["change"].floor_ap
    assert found.direction["change"] is None


def test_direction_is_the_share_of_pairs_that_fit_better_in_their_order() -> None:
    forward, backward = (np.array(row, np.float32) for row in ([3, 1, 2, 5], [1, 3, 2, 4]))
    assert direction(forward, backward) == (2 + 0.5) / 4


def test_rounding_makes_no_direction() -> None:
    scores = np.random.default_rng(0).normal(size=100).astype(np.float32)
    rounded = scores + np.random.default_rng(1).normal(size=100).astype(np.float32) * 1e-5
    assert direction(scores, rounded) is None
    assert direction(scores, scores) is None
