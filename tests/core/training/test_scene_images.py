"""Classified images are read by split, with what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.scene_images import load_scene_images


def test_a_split_holds_its_own_images(data_folder: Path) -> None:
    (train,), (test,) = (load_scene_images(data_folder, split) for split in ("train", "test"))
    assert (len(train.images), len(test.images)) == (12, 3)
    assert train.title == "UC Merced"
    assert (train.labels == -1).all()


def test_what_is_kept_back_is_not_learned(data_folder: Path) -> None:
    (learned,), (kept,) = (load_scene_images(data_folder, split) for split in ("learn", "validate"))
    assert (len(learned.images), len(kept.images)) == (11, 1)
    assert not (learned.images == kept.images[0]).all(axis=(1, 2, 3)).any()


def test_a_folder_without_images_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no classified images"):
        load_scene_images(tmp_path, "train")
