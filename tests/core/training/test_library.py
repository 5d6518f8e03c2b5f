"""Training images are read by their layout, and test images never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.library import load_library, load_unchanged_pairs


def test_only_training_images_are_read_each_in_two_crops(data_folder: Path) -> None:
    (library,) = load_library(data_folder, 32)
    assert library.images.shape == (3 * 4 * 2, 3, 32, 32)
    assert set(library.concepts) == {"forest", "field", "river"}


def test_rows_are_found_by_concept(data_folder: Path) -> None:
    (library,) = load_library(data_folder, 32)
    rows = library.rows_of()["forest"]
    assert {library.concepts[row] for row in rows} == {"forest"}
    assert len(rows) == 8


def test_plots_flown_twice_become_unchanged_pairs(data_folder: Path) -> None:
    assert load_unchanged_pairs(data_folder, 32).shape == (2, 2, 3, 32, 32)


def test_a_folder_without_data_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no training images"):
        load_library(tmp_path, 32)
    assert len(load_unchanged_pairs(tmp_path, 32)) == 0
