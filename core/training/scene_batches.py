"""Batches of augmented single images with a fixed share of each data set, by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from changeseek.core.training.scene_augment import augment_scenes
from changeseek.core.training.scene_images import SceneImages
from changeseek.core.training.supply import seed_of

_SCENES = 2


class SceneBatch(NamedTuple):
    """Images (B, 3, P, P) float32, their classes (B,), labels (B, L) int8 and the rows of each data set."""

    images: Tensor
    classes: Tensor
    labels: Tensor
    rows: tuple[slice, ...]


class SceneBatches:
    """Draws batches.

    Args:
        sets: Classified images; the share of each in a batch is its own.
        size: Side that the images get, in pixels.
        batch: Images in a batch, but for rounding of the shares.
        seed: Everything drawn follows from it.
    """

    def __init__(self, sets: Sequence[SceneImages], size: int, batch: int, seed: int) -> None:
        total = sum(one.share for one in sets)
        self._sets = sets
        self._counts = [max(1, round(batch * one.share / total)) for one in sets]
        self._size = size
        self._seed = seed

    def __call__(self, step: int, process: int) -> SceneBatch:
        """The batch of that step and process, whatever was drawn before."""
        place = seed_of(self._seed, step, process, _SCENES)
        chance, light = np.random.default_rng(place), torch.Generator().manual_seed(place)
        images, classes, labels, rows, start = [], [], [], [], 0
        for one, count in zip(self._sets, self._counts, strict=True):
            chosen = chance.integers(len(one.images), size=count)
            images.append(augment_scenes(one.images[chosen], self._size, light))
            classes.append(one.classes[chosen])
            labels.append(one.labels[chosen])
            rows.append(slice(start, start + count))
            start += count
        return SceneBatch(
            torch.cat(images),
            torch.from_numpy(np.concatenate(classes)),
            torch.from_numpy(np.concatenate(labels)),
            tuple(rows),
        )
