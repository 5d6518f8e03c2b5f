"""Batches of single images: fixed shares, augmented, each by its number alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from changeseek.core.training.scene_augment import augment_scenes
from changeseek.core.training.scene_batches import SceneBatches
from changeseek.core.training.scene_images import SceneImages


@pytest.fixture
def images() -> SceneImages:
    chance = np.random.default_rng(0)
    return SceneImages(
        "one", chance.integers(0, 255, (9, 3, 48, 48), dtype=np.uint8), np.arange(9) % 2,
        (("a field",), ("a lake",)), ("field", "lake"), np.zeros((9, 17), np.int8), 0.75,
    )  # fmt: skip


def test_each_set_has_its_share_and_its_rows(images: SceneImages) -> None:
    batch = SceneBatches([images, replace(images, share=0.25)], 32, 16, seed=0)(1, 0)
    assert batch.rows == (slice(0, 12), slice(12, 16))
    assert batch.images.shape == (16, 3, 32, 32)
    assert batch.classes.shape == (16,) and batch.labels.shape == (16, 17)


def test_a_batch_depends_on_its_number_and_process_alone(images: SceneImages) -> None:
    batches = SceneBatches([images], 32, 8, seed=0)
    first = batches(1, 0)
    batches(2, 0)
    assert torch.equal(batches(1, 0).images, first.images)
    assert not torch.equal(batches(1, 1).images, first.images)


def test_augmented_images_are_shares_of_the_wanted_size(images: SceneImages) -> None:
    seen = augment_scenes(images.images[:5], 32, torch.Generator().manual_seed(0))
    assert seen.shape == (5, 3, 32, 32)
    assert seen.min() >= 0 and seen.max() <= 1
