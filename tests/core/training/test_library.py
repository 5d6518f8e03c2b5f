"""Training images are read by their layout, and test images never are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.library import DUBAI_COLOURS, load_library, load_outlines, load_unchanged_pairs


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


def test_outlines_are_cut_from_the_masks_where_something_stands_and_is_no_thin_line(tmp_path: Path) -> None:
    mask = np.zeros((128, 384, 3), np.uint8)
    mask[:] = DUBAI_COLOURS["bare ground"]
    mask[30:80, 40:90] = DUBAI_COLOURS["houses"]
    mask[::8, 128:256] = DUBAI_COLOURS["road"]
    file = tmp_path / "Tile 1" / "masks" / "one.png"
    file.parent.mkdir(parents=True)
    Image.fromarray(mask).save(file)
    outlines = load_outlines(tmp_path, 64, "train")
    assert outlines is not None
    assert outlines.shape == (1, 64, 64)
    assert outlines[0, 15:40, 20:45].all() and outlines[0].sum() == 25 * 25
    assert load_outlines(tmp_path, 64, "test") is None
