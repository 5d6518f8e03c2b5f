"""Single images with their class and labels, for teaching the encoder what lies on the ground."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.library import EUROSAT, UC_MERCED, _dubai
from changeseek.core.training.scene_phrases import (
    DUBAI_NAMES,
    EUROSAT_NAMES,
    LABEL_NAMES,
    UC_MERCED_NAMES,
)
from changeseek.core.training.splits import Split, listed_images

Names = Mapping[str, tuple[str, ...]]
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class SceneImages:
    """Images of one data set.

    Attributes:
        title: What the data set is called.
        images: (N, 3, S, S) uint8 RGB.
        classes: (N,) int64, places in `names`.
        names: Each class in words.
        concepts: Each class's key in the grammar.
        labels: (N, L) int8, 1 where the label of `LABEL_NAMES` holds, UNKNOWN where nobody looked.
        share: Of a batch.
    """

    title: str
    images: NDArray[np.uint8]
    classes: NDArray[np.int64]
    names: tuple[tuple[str, ...], ...]
    concepts: tuple[str, ...]
    labels: NDArray[np.int8]
    share: float


def load_scene_images(folder: Path, split: Split, leave_out: Collection[str] = ()) -> list[SceneImages]:
    """All data sets under `folder` that have images of that split; Dubai's are all for training.

    Args:
        folder: Holds the data sets.
        split: "train", its parts "learn" and "validate", or "test".
        leave_out: Keys of concepts whose classes are not read; multi-labels are then not read either, because
            they would name what was left out.

    Raises:
        TrainingDataError: None is there.
    """
    found = [
        _classified("UC Merced", folder / "ucmerced", UC_MERCED_NAMES, UC_MERCED, 256, split, 0.4),
        _classified("EuroSAT", folder / "eurosat", EUROSAT_NAMES, EUROSAT, 64, split, 0.5),
        _windows(folder / "dubai_mbrsc", 128, split),
    ]
    sets = [_without(images, leave_out) for images in found if images is not None]
    if not sets:
        raise TrainingDataError(
            f"no classified images in {folder}", "Name a folder with ucmerced/ or eurosat/"
        )
    return sets


def _without(images: SceneImages, leave_out: Collection[str]) -> SceneImages:
    if not leave_out:
        return images
    kept = [place for place, concept in enumerate(images.concepts) if concept not in leave_out]
    rows = np.isin(images.classes, kept)
    return replace(
        images,
        images=images.images[rows],
        classes=np.searchsorted(kept, images.classes[rows]),
        names=tuple(images.names[place] for place in kept),
        concepts=tuple(images.concepts[place] for place in kept),
        labels=np.full_like(images.labels[rows], UNKNOWN),
    )


def _classified(
    title: str, folder: Path, names: Names, concepts: Mapping[str, str], size: int, split: Split, share: float
) -> SceneImages | None:
    if not (folder / "split.csv").is_file():
        return None
    files = listed_images(folder / "split.csv", split)
    if not files:
        return None
    places = {name: place for place, name in enumerate(names)}
    images = np.stack([_read(folder / file, size) for file in files])
    classes = np.array([places[file.split("/")[0]] for file in files], np.int64)
    known = tuple(concepts[name] for name in names)
    return SceneImages(title, images, classes, tuple(names.values()), known, _labels(folder, files), share)


def _read(file: Path, size: int) -> NDArray[np.uint8]:
    image = Image.open(file).convert("RGB").resize((size, size), Image.Resampling.BICUBIC)
    return np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1))


def _labels(folder: Path, files: Sequence[str]) -> NDArray[np.int8]:
    places = {name: place for place, name in enumerate(LABEL_NAMES)}
    found = np.full((len(files), len(places)), UNKNOWN, np.int8)
    if (folder / "labels.csv").is_file():
        with (folder / "labels.csv").open(encoding="utf-8") as lines:
            labels = {row["image"]: row["labels"].split() for row in csv.DictReader(lines)}
        for row, file in enumerate(files):
            found[row] = 0
            found[row, [places[label] for label in labels[file]]] = 1
    return found


def _windows(folder: Path, size: int, split: Split) -> SceneImages | None:
    windows = list(_dubai(folder, size, split))
    if not windows:
        return None
    places = {name: place for place, name in enumerate(DUBAI_NAMES)}
    classes = np.array([places[concept] for concept, _ in windows], np.int64)
    labels = np.full((len(windows), len(LABEL_NAMES)), UNKNOWN, np.int8)
    images = np.stack([image for _, image in windows])
    names = tuple(DUBAI_NAMES.values())
    return SceneImages("Dubai", images, classes, names, tuple(DUBAI_NAMES), labels, 0.1)
