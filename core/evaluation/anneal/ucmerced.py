"""UC Merced as in the papers: images of one class are similar.

Pairs are asked of the training images; the test images are gallery and queries.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from changeseek.core.errors import TrainingDataError
from changeseek.core.evaluation.anneal.archive import Archive, Labels
from changeseek.core.evaluation.anneal.statistics import image_statistics, standardised
from changeseek.core.evaluation.scenes import scene_vectors
from changeseek.core.model.interface import PairModel, Patches
from changeseek.core.training.library import square
from changeseek.core.training.splits import listed_images

TITLE = "UC Merced"
UNTRAINED = "statistics of colours and edges"
_SIZE = 128


def ucmerced_archive(data: Path, model: PairModel | None) -> Archive:
    """Read and embed.

    Args:
        data: Folder with `ucmerced/`.
        model: Gives scene vectors; it should have seen neither these images nor their labels. None takes
            statistics of the pixels instead, which have seen nothing.

    Raises:
        TrainingDataError: The images are not there.
    """
    folder = data / "ucmerced"
    if not (folder / "split.csv").is_file():
        raise TrainingDataError(f"no ucmerced/split.csv in {data}", "Name a folder with ucmerced/ in it")
    pool, gallery = listed_images(folder / "split.csv", "train"), listed_images(folder / "split.csv", "test")
    size = _SIZE if model is None else model.patch_size
    seen = _read(folder, pool, size), _read(folder, gallery, size)
    if model is None:
        found = image_statistics(seen[0]), image_statistics(seen[1])
        vectors = standardised(found[0], found[0]), standardised(found[1], found[0])
    else:
        vectors = scene_vectors(seen[0], model), scene_vectors(seen[1], model)
    names = sorted({_class_of(file) for file in pool + gallery})
    labels = _labels(pool, names), _labels(gallery, names)
    return Archive(TITLE, vectors[0], labels[0], vectors[1], labels[1], model.name if model else UNTRAINED)


def _read(folder: Path, files: list[str], size: int) -> Patches:
    return np.stack([square(Image.open(folder / file).convert("RGB"), 1.0, size) for file in files])


def _labels(files: list[str], names: list[str]) -> Labels:
    return np.array([names.index(_class_of(file)) for file in files], np.int64)


def _class_of(file: str) -> str:
    return file.split("/", maxsplit=1)[0]
