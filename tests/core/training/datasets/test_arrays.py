"""A split of captioned pairs comes as arrays with its captions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.datasets.arrays import RememberedPairs, captioned_patches
from changeseek.core.training.datasets.reading import read_captioned


def test_a_split_is_read_at_the_wanted_size(levir: Path) -> None:
    found = captioned_patches(levir, "train", 32)
    assert found.before.shape == found.after.shape == (3, 3, 32, 32)
    assert found.before.dtype == np.uint8
    assert (found.before[:, 0, 0, 0] == [40, 41, 42]).all()
    assert (found.after[:, 0, 0, 0] == [140, 141, 142]).all()
    assert found.changed == (True, False, True)
    assert len(found.captions) == 3


def test_a_split_that_no_pair_belongs_to_is_refused(table: Path) -> None:
    with pytest.raises(TrainingDataError, match="validate"):
        captioned_patches(table, "validate", 32)


def test_an_image_that_is_none_or_too_deep_is_refused(table: Path) -> None:
    file = table.parent / "pictures" / "c1.png"
    Image.fromarray(np.full((8, 8), 3000, np.uint16)).save(file)
    with pytest.raises(TrainingDataError, match="8-bit"):
        captioned_patches(table, "test", 32)
    file.write_text("no image", encoding="utf-8")
    with pytest.raises(TrainingDataError, match="read as an image"):
        captioned_patches(table, "test", 32)


def test_pairs_are_read_once_while_there_is_room(levir: Path) -> None:
    pairs = read_captioned(levir)
    remembered = RememberedPairs(pairs, 16, room=2 * 2 * 3 * 16 * 16)
    first, again = remembered[0], remembered[0]
    assert first is again
    assert remembered[1] is remembered[1]
    assert remembered[2] is not remembered[2]
