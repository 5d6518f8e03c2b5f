"""Pairs with known changes, composed of held-out images: what retrieval is measured on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import numpy as np
import torch

from changeseek.core.captions.grammar import Meaning
from changeseek.core.errors import TrainingDataError
from changeseek.core.model.interface import Patches
from changeseek.core.training.augment import augment
from changeseek.core.training.composition import Composer
from changeseek.core.training.library import ImageLibrary, load_library
from changeseek.core.training.samples import PairSample

PAIRS = 1000
MOST_OF_A_MEANING = 5
QUIET_PAIRS = 250
_AT_ONCE = 100
# What is drawn in vain, because its meaning has enough pairs already, must end some time.
_MOST_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Gallery:
    """N pairs, each date in its own light, and what happened in each.

    Attributes:
        before: (N, 3, P, P) uint8.
        after: (N, 3, P, P) uint8.
        meanings: Of each pair; the quiet pairs, where nothing happened, stand last.
        changed: Pairs in which something happened.
    """

    before: Patches
    after: Patches
    meanings: tuple[Meaning, ...]
    changed: int


def composed_gallery(
    data: Path,
    size: int,
    seed: int,
    pairs: int = PAIRS,
    quiet: int = QUIET_PAIRS,
    only: Collection[str] = (),
) -> Gallery:
    """Compose a gallery of the test images under `data`.

    A meaning has at most `MOST_OF_A_MEANING` pairs, so that finding one by chance is rare.

    Args:
        data: Folder with `ucmerced/` and `eurosat/`, or one of them.
        size: Side of the patches in pixels.
        seed: Everything drawn follows from it.
        pairs: Pairs in which something happened; fewer where the images make too few meanings.
        quiet: Pairs in which nothing happened.
        only: Keys of concepts; where there are any, every change is to or from one of them.

    Raises:
        TrainingDataError: There are no test images, or none that show one of these concepts.
    """
    images = _test_images(data, size)
    _refuse_unknown(images, only)
    composers = [Composer(library, 0.0, seed + number) for number, library in enumerate(images)]
    still = [Composer(library, 1.0, seed + 100 + number) for number, library in enumerate(images)]
    possible = {meaning for meaning in _possible(images) if names(meaning, only)}
    changed = list(_few_of_each(composers, possible, pairs))
    samples = changed + [still[number % len(still)].draw() for number in range(quiet)]
    dates = in_other_light(samples, seed)
    meanings = tuple(sample.truths[0] for sample in samples)
    return Gallery(dates[:, 0], dates[:, 1], meanings, len(changed))


# Reading takes longer than composing, and several galleries are composed of the same images.
@lru_cache(maxsize=1)
def _test_images(data: Path, size: int) -> tuple[ImageLibrary, ...]:
    return tuple(load_library(data, size, split="test"))


def names(meaning: Meaning, concepts: Collection[str]) -> bool:
    """Whether a change is to or from one of the concepts; any change is, where there are none."""
    return not concepts or meaning.before in concepts or meaning.after in concepts


def _refuse_unknown(images: Sequence[ImageLibrary], only: Collection[str]) -> None:
    shown = sorted({concept for library in images for concept in library.concepts})
    for concept in only:
        if concept not in shown:
            raise TrainingDataError(f"no test image shows {concept!r}", f"They show {', '.join(shown)}")


def _possible(images: Sequence[ImageLibrary]) -> Iterator[Meaning]:
    for library in images:
        yield from (Meaning(old, new) for old, new in permutations(library.rows_of(), 2))


def _few_of_each(composers: list[Composer], possible: set[Meaning], pairs: int) -> Iterator[PairSample]:
    seen: Counter[Meaning] = Counter()
    wanted = min(pairs, MOST_OF_A_MEANING * len(possible))
    for number in range(wanted * _MOST_DRAWS):
        sample = composers[number % len(composers)].draw()
        meaning = sample.truths[0]
        if meaning in possible and seen[meaning] < MOST_OF_A_MEANING:
            seen[meaning] += 1
            yield sample
        if seen.total() == wanted:
            return


def in_other_light(samples: list[PairSample], seed: int) -> Patches:
    """(N, 2, 3, P, P) uint8, augmented as in training but by chance of its own."""
    light = torch.Generator().manual_seed(seed)
    found = []
    for start in range(0, len(samples), _AT_ONCE):
        few = samples[start : start + _AT_ONCE]
        pairs = torch.from_numpy(np.stack([np.stack((one.before, one.after)) for one in few]))
        found.append((augment(pairs, light) * 255).round().to(torch.uint8).numpy())
    return np.concatenate(found)
