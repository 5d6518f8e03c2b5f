"""Accuracy from the names of classes, with a model that sees the classes and knows most of their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.core.evaluation.scenes import scene_accuracy
from changeseek.core.model.interface import PairModel


def test_classes_whose_names_are_known_are_found_and_mistakes_are_told(
    classified: Path, bag_model: PairModel
) -> None:
    found = scene_accuracy(classified, bag_model)["UC Merced"]
    assert found.images == 8
    assert found.floor == pytest.approx(1 / 21)
    # The model has a word for forest, beach and river; "agricultural land" it has too.
    assert found.usual_name == 1.0
    assert {one.right for one in found.classes.values()} == {1.0}
    assert found.classes["forest"].taken_for == {}
    assert found.mean_of_wordings >= 0.75


def test_every_image_counts_whatever_their_number(classified: Path, bag_model: PairModel) -> None:
    bag_model.embed_text = lambda texts, kind="change": -type(bag_model).embed_text(bag_model, texts, kind)  # type: ignore[method-assign]
    found = scene_accuracy(classified, bag_model)["UC Merced"]
    assert found.usual_name == 0.0
    assert sum(one.images for one in found.classes.values()) == 8
    for one in found.classes.values():
        assert sum(one.taken_for.values()) == pytest.approx(1.0)
