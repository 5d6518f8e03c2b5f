"""Accuracy from the names of classes: each test image against every class of its data set, told in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from changeseek.core.model.interface import PairModel, Patches, Vectors
from changeseek.core.training.scene_images import SceneImages, load_scene_images

_AT_ONCE = 64
_WORST = 3


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Of the images of one class, by its usual name.

    Attributes:
        images: How many there are.
        right: Share that is taken for what it is, 0..1.
        taken_for: Up to three other classes by the share that is taken for them, the largest first.
    """

    images: int
    right: float
    taken_for: dict[str, float]


@dataclass(frozen=True, slots=True)
class SceneAccuracy:
    """Of one data set.

    Attributes:
        images: Test images.
        usual_name: Share of images to which the usual name of their class is the nearest text, 0..1.
        mean_of_wordings: The same where a class is the mean of its wordings' unit vectors, itself of unit
            length (prompt ensembling: Radford et al. 2021, arXiv 2103.00020, section 3.1.4).
        floor: What chance reaches.
        classes: By the usual name.
    """

    images: int
    usual_name: float
    mean_of_wordings: float
    floor: float
    classes: dict[str, ClassFigures]


def scene_accuracy(data: Path, model: PairModel) -> dict[str, SceneAccuracy]:
    """Accuracy by data set.

    Raises:
        TrainingDataError: There are no test images.
    """
    return {one.title: _accuracy(one, model) for one in load_scene_images(data, "test")}


def _accuracy(images: SceneImages, model: PairModel) -> SceneAccuracy:
    seen = scene_vectors(images.images, model)
    names = [wordings[0] for wordings in images.names]
    usual = (seen @ model.embed_text(names, "scene").T).argmax(axis=1)
    means = np.stack([_mean(model.embed_text(wordings, "scene")) for wordings in images.names])
    by_means = (seen @ means.T).argmax(axis=1)
    return SceneAccuracy(
        len(seen),
        float((usual == images.classes).mean()),
        float((by_means == images.classes).mean()),
        1 / len(names),
        _by_class(names, images.classes, usual),
    )


def scene_vectors(images: Patches, model: PairModel) -> Vectors:
    """Scene vectors (N, D): two images are embedded as one pair, for a date's vector is its own alone."""
    padded = images if len(images) % 2 == 0 else np.concatenate([images, images[-1:]])
    found = []
    for start in range(0, len(padded), 2 * _AT_ONCE):
        few = padded[start : start + 2 * _AT_ONCE]
        middle = len(few) // 2
        pairs = model.embed_pairs(few[:middle], few[middle:])
        found += [pairs.before, pairs.after]
    return np.concatenate(found)[: len(images)]


def _mean(vectors: Vectors) -> Vectors:
    middle: Vectors = vectors.mean(axis=0)
    return middle / np.linalg.norm(middle)


def _by_class(names: list[str], true: NDArray[np.int64], found: NDArray[np.intp]) -> dict[str, ClassFigures]:
    shown = [(place, name) for place, name in enumerate(names) if (true == place).any()]
    return {name: _of_class(place, names, found[true == place]) for place, name in shown}


def _of_class(place: int, names: list[str], found: NDArray[np.intp]) -> ClassFigures:
    shares = np.bincount(found, minlength=len(names)) / len(found)
    worst = [int(other) for other in np.argsort(-shares, kind="stable") if other != place and shares[other]]
    taken_for = {names[other]: float(shares[other]) for other in worst[:_WORST]}
    return ClassFigures(len(found), float(shares[place]), taken_for)
