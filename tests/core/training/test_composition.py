"""Composed pairs: what the caption says is what the pixels show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from changeseek.core.training.composition import Composer
from changeseek.core.training.library import load_library
from changeseek.core.training.masks import LEAST_SHARE, mask_bank
from changeseek.core.training.samples import COLUMN, PRESENT, UNKNOWN


@pytest.fixture(scope="module")
def composer(data_folder: Path) -> Composer:
    (library,) = load_library(data_folder, 32)
    return Composer(library, unchanged_share=0.4, seed=1)


def test_a_pair_without_change_is_the_same_image_twice(composer: Composer) -> None:
    quiet = [sample for sample in (composer.draw() for _ in range(60)) if not sample.changed]
    assert quiet
    assert all(np.array_equal(sample.before, sample.after) for sample in quiet)


def test_a_changed_pair_shows_the_new_concept_after_and_the_old_one_before(composer: Composer) -> None:
    changed = [sample for sample in (composer.draw() for _ in range(60)) if sample.changed]
    assert changed
    for sample in changed:
        (truth,) = sample.truths
        assert truth.before and truth.after
        assert not np.array_equal(sample.before, sample.after)
        assert sample.presence[0, COLUMN[truth.before]] == PRESENT
        assert sample.presence[1, COLUMN[truth.after]] in (PRESENT, UNKNOWN)
    assert any(sample.presence[1, COLUMN[sample.truths[0].after or ""]] == PRESENT for sample in changed)


def test_a_changed_pair_knows_how_much_of_it_changed(composer: Composer) -> None:
    samples = [composer.draw() for _ in range(80)]
    for sample in samples:
        assert (sample.where is not None) == sample.changed
        if sample.where is not None:
            differing = (sample.before != sample.after).any(0).mean()
            assert sample.where.share <= differing + 0.1


def test_outlines_of_real_things_become_a_quarter_of_the_masks() -> None:
    chequered = np.indices((32, 32)).sum(0) % 2
    masks = mask_bank(400, 32, seed=0, outlines=chequered[None].astype(np.uint8)).astype(np.float32)
    outlined = sum(np.array_equal(mask, chequered) for mask in masks)
    # A quarter of the masks follow the outlines, a quarter of these with hard edges.
    assert 10 < outlined < 45
    assert np.array_equal(mask_bank(20, 32, seed=0), mask_bank(20, 32, 0, np.zeros((0, 32, 32), np.uint8)))


def test_the_same_seed_draws_the_same_pairs(data_folder: Path) -> None:
    (library,) = load_library(data_folder, 32)
    one, other = (Composer(library, 0.3, seed=9).draw() for _ in range(2))
    assert np.array_equal(one.after, other.after)
    assert one.truths == other.truths


def test_masks_are_shares_and_never_too_small_to_see() -> None:
    masks = mask_bank(40, 32, seed=0).astype(np.float32)
    assert masks.min() >= 0 and masks.max() <= 1
    assert (masks.mean((1, 2)) > 0.9 * LEAST_SHARE).all()


def test_some_of_what_comes_was_there_before(composer: Composer) -> None:
    changed = [sample for sample in (composer.draw() for _ in range(150)) if sample.changed]
    grown = [
        sample for sample in changed if sample.presence[0, COLUMN[sample.truths[0].after or ""]] == PRESENT
    ]
    assert grown
    for sample in grown:
        assert sample.where is not None and sample.where.share > 0
