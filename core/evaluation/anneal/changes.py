"""Composed change pairs as an archive: two are similar where the same became the same.

The images of the test splits are halved: pairs to learn from are composed of one half, the gallery of the
other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from changeseek.core.captions.grammar import Meaning
from changeseek.core.errors import TrainingDataError
from changeseek.core.evaluation.anneal.archive import Archive, Labels
from changeseek.core.evaluation.gallery import in_other_light
from changeseek.core.model.interface import PairModel, Patches, Vectors
from changeseek.core.training.composition import Composer
from changeseek.core.training.library import ImageLibrary, load_library
from changeseek.core.training.samples import PairSample

TITLE = "composed changes"
# Land cover, at 0.3 m and at 10 m; what one archive shows becomes whatever else that archive shows.
CONCEPTS = (
    "beach", "buildings", "field", "forest", "grass", "houses",
    "lake", "parking lot", "river", "road", "scrub",
)  # fmt: skip
POOL_OF_A_KIND, GALLERY_OF_A_KIND = 12, 5
# Of each image a library holds the whole and its middle, one after the other.
_CROPS = 2
_AT_ONCE = 64
_MOST_DRAWS = 200


def change_archive(
    data: Path,
    model: PairModel,
    pool: int = POOL_OF_A_KIND,
    gallery: int = GALLERY_OF_A_KIND,
    seed: int = 0,
) -> Archive:
    """Compose and embed.

    Args:
        data: Folder with `ucmerced/` and `eurosat/`, or one of them.
        model: Gives the change vectors.
        pool: Pairs of each kind to learn from.
        gallery: Pairs of each kind to judge by.
        seed: Everything drawn follows from it.

    Raises:
        TrainingDataError: There are too few test images that show two of `CONCEPTS`.
    """
    libraries = load_library(data, model.patch_size, split="test")
    composed = [
        _composed([_half(library, half) for library in libraries], count, seed + half)
        for half, count in enumerate((pool, gallery))
    ]
    kinds = sorted({sample.truths[0].key for samples in composed for sample in samples})
    labels = [_labels(samples, kinds) for samples in composed]
    vectors = [
        _embedded(in_other_light(samples, seed + half), model) for half, samples in enumerate(composed)
    ]
    return Archive(TITLE, vectors[0], labels[0], vectors[1], labels[1], model.name)


def _half(library: ImageLibrary, half: int) -> ImageLibrary:
    rows = [
        row
        for row, concept in enumerate(library.concepts)
        if concept in CONCEPTS and row // _CROPS % 2 == half
    ]
    return ImageLibrary(library.images[rows], tuple(library.concepts[row] for row in rows), library.outlines)


def _composed(libraries: Sequence[ImageLibrary], count: int, seed: int) -> list[PairSample]:
    # A pair shows three concepts: what was, what comes, and what lies beside.
    several = [library for library in libraries if len(library.rows_of()) > 2]
    if not several:
        raise TrainingDataError(
            f"too few test images of {', '.join(CONCEPTS)}", "Name a folder with ucmerced/ or eurosat/"
        )
    composers = [Composer(library, 0.0, seed + number) for number, library in enumerate(several)]
    kinds = {
        Meaning(old, new) for one in several for old in one.rows_of() for new in one.rows_of() if old != new
    }
    return list(_so_many_of_each(composers, kinds, count))


def _so_many_of_each(composers: Sequence[Composer], kinds: set[Meaning], count: int) -> Iterator[PairSample]:
    seen: Counter[Meaning] = Counter()
    for number in range(count * len(kinds) * _MOST_DRAWS):
        sample = composers[number % len(composers)].draw()
        if seen[sample.truths[0]] < count:
            seen[sample.truths[0]] += 1
            yield sample
        if seen.total() == count * len(kinds):
            return


def _labels(samples: Sequence[PairSample], kinds: Sequence[str]) -> Labels:
    return np.array([kinds.index(sample.truths[0].key) for sample in samples], np.int64)


def _embedded(dates: Patches, model: PairModel) -> Vectors:
    starts = range(0, len(dates), _AT_ONCE)
    batches = [dates[start : start + _AT_ONCE] for start in starts]
    return np.concatenate([model.embed_pairs(batch[:, 0], batch[:, 1]).change for batch in batches])
