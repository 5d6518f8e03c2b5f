"""Galleries of pairs with known changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from changeseek.core.errors import TrainingDataError
from changeseek.core.evaluation.gallery import composed_gallery


def test_a_gallery_has_few_pairs_of_a_meaning_and_quiet_ones_last(classified: Path) -> None:
    gallery = composed_gallery(classified, 32, seed=1, pairs=40, quiet=6)
    changed = gallery.meanings[: gallery.changed]
    assert len(changed) == 40
    assert max(changed.count(meaning) for meaning in changed) <= 5
    assert {meaning.key for meaning in gallery.meanings[gallery.changed :]} == {"nothing"}
    assert gallery.before.shape == gallery.after.shape == (46, 3, 32, 32)


def test_the_same_seed_composes_the_same_gallery(classified: Path) -> None:
    one, other = (composed_gallery(classified, 32, seed=2, pairs=10, quiet=2) for _ in range(2))
    assert np.array_equal(one.after, other.after)
    assert one.meanings == other.meanings


def test_every_change_of_a_gallery_for_a_concept_is_to_or_from_it(classified: Path) -> None:
    gallery = composed_gallery(classified, 32, seed=1, pairs=100, quiet=0, only=("river",))
    assert {"river" in (meaning.before, meaning.after) for meaning in gallery.meanings} == {True}
    assert gallery.changed == 5 * 6  # five of each, three ways in and three ways out


def test_a_concept_that_no_test_image_shows_is_refused(classified: Path) -> None:
    with pytest.raises(TrainingDataError, match="no test image shows 'runway'"):
        composed_gallery(classified, 32, seed=1, only=("river", "runway"))
