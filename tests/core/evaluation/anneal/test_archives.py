"""What the experiment is made on: read, composed, halved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from changeseek.core.errors import TrainingDataError
from changeseek.core.evaluation.anneal.changes import change_archive
from changeseek.core.evaluation.anneal.statistics import image_statistics, standardised
from changeseek.core.evaluation.anneal.ucmerced import UNTRAINED, ucmerced_archive
from changeseek.tests.core.evaluation.conftest import BagModel


def test_images_to_ask_about_are_the_training_images_and_the_gallery_is_the_test_images(
    classified: Path,
) -> None:
    archive = ucmerced_archive(classified, None)

    assert archive.model == UNTRAINED
    assert (len(archive.pool), len(archive.gallery), archive.kinds) == (4, 8, 4)
    np.testing.assert_allclose(np.linalg.norm(archive.gallery, axis=1), 1, atol=1e-5)


def test_a_model_embeds_the_images_where_one_is_named(classified: Path) -> None:
    archive = ucmerced_archive(classified, BagModel())

    assert archive.model == "bag"
    likeness = archive.gallery @ archive.gallery.T
    same = archive.gallery_labels[:, None] == archive.gallery_labels[None, :]
    assert likeness[same].min() > likeness[~same].max()


def test_changes_have_the_same_number_of_each_kind_and_other_images_in_pool_and_gallery(
    classified: Path,
) -> None:
    archive = change_archive(classified, BagModel(), pool=3, gallery=2)

    # Forest, field, river and beach, each to each other.
    assert np.bincount(archive.pool_labels).tolist() == [3] * 12
    assert np.bincount(archive.gallery_labels).tolist() == [2] * 12


def test_statistics_tell_colours_apart_and_are_scaled_like_the_pool() -> None:
    chance = np.random.default_rng(0)
    red, blue = (chance.integers(0, 90, (4, 3, 16, 16), np.uint8) for _ in range(2))
    red[:, 0] += 100
    blue[:, 2] += 100
    found = image_statistics(np.concatenate([red, blue]))

    unit = standardised(found, found)

    assert (unit @ unit.T)[:4, :4].mean() > 0.3 > 0 > (unit @ unit.T)[:4, 4:].mean()


def test_a_folder_without_the_images_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="ucmerced"):
        ucmerced_archive(tmp_path, None)
