"""Accuracy from the names of classes: each test image against every class of its data set, told in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from changeseek.core.model.interface import PairModel
from changeseek.core.training.scene_images import SceneImages, load_scene_images

_AT_ONCE = 64


def scene_accuracy(data: Path, model: PairModel) -> dict[str, float]:
    """Share of test images whose class's usual name is the nearest text, 0..1, by data set.

    Raises:
        TrainingDataError: There are no test images.
    """
    return {one.title: _accuracy(one, model) for one in load_scene_images(data, "test")}


def _accuracy(images: SceneImages, model: PairModel) -> float:
    names = model.embed_text([wordings[0] for wordings in images.names], "scene")
    right = 0
    for start in range(0, len(images.images), _AT_ONCE):
        few = images.images[start : start + _AT_ONCE]
        nearest = (model.embed_pairs(few, few).after @ names.T).argmax(axis=1)
        right += int(np.count_nonzero(nearest == images.classes[start : start + _AT_ONCE]))
    return right / len(images.images)
