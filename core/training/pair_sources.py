"""Where the pairs of the second stage come from, read before anything is written."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from changeseek.core.errors import TrainingConfigError, TrainingDataError
from changeseek.core.training.batches import Batch, PairMixer, batch_at
from changeseek.core.training.composition import Composer
from changeseek.core.training.config import TrainingConfig
from changeseek.core.training.datasets.source import CaptionedSource
from changeseek.core.training.drawn import drawn_samples, load_samples, save_samples
from changeseek.core.training.library import ImageLibrary, load_library, load_unchanged_pairs
from changeseek.core.training.samples import PairSample, without
from changeseek.core.training.splits import Split

log = logging.getLogger(__name__)

# A composed pair shows what went, what came and what stays.
_LEAST_CONCEPTS = 3
# Kept-back pairs are drawn by a chance of their own.
_APART = 10_000


@dataclass(frozen=True, slots=True)
class PairSources:
    """What pairs are made from.

    Attributes:
        composers: One for each library of single images.
        unchanged: (N, 2, 3, P, P) uint8, plots flown twice.
        kept_back: Composers of the images that no step sees; none where too few are kept back.
        captioned: Pairs with people's captions; None for none.
    """

    composers: list[Composer]
    unchanged: NDArray[np.uint8]
    kept_back: list[Composer]
    captioned: CaptionedSource | None

    def mixer(self, drawn: list[PairSample], config: TrainingConfig) -> PairMixer:
        """The supply that training draws from; a source that is not there leaves its share to the others."""
        drawn_share = config.drawn_share if self.composers else 1.0
        captioned_share = config.captioned_share if self.composers or drawn else 1.0
        return PairMixer(
            drawn,
            self.composers,
            self.unchanged,
            drawn_share,
            config.seed,
            self.captioned,
            captioned_share,
        )

    def reference(self, count: int) -> list[PairSample]:
        """`count` samples of each source that training drew from, the same whenever they are asked for."""
        composed = [composer.at(0) for composer in self.composers]
        found = [composer.draw() for composer in composed for _ in range(count)]
        return found + (self.captioned.take(0, min(count, len(self.captioned))) if self.captioned else [])

    def gallery(self, config: TrainingConfig) -> Batch | None:
        """Pairs of kept-back images in each of which one thing happened; None where there are none."""
        if not self.kept_back:
            return None
        seed = config.seed + _APART
        none = np.zeros((0, *self.unchanged.shape[1:]), np.uint8)
        mixer = PairMixer([], self.kept_back, none, 0.0, seed)
        return batch_at(mixer, config.validation_pairs, seed, step=0)


def read_sources(size: int, config: TrainingConfig) -> PairSources:
    """Read all images that a config names, at `size` pixels; captioned pairs are read as they are needed.

    Raises:
        TrainingConfigError: It names nothing to learn from.
        TrainingDataError: There is nothing where it was named.
    """
    captioned = CaptionedSource(config.captioned, "train", size, config.seed) if config.captioned else None
    if config.data is None:
        if captioned is None:
            raise TrainingConfigError("no data are named", "Name their folder, or set `data` in the config")
        return PairSources([], np.zeros((0, 2, 3, size, size), np.uint8), [], captioned)
    learned: Split = "learn" if config.validate_every else "train"
    libraries = load_library(config.data, size, learned, config.leave_out)
    kept_back = _kept_back(config.data, size, config) if config.validate_every else []
    return PairSources(
        _composers(libraries, config.unchanged_share, config.seed),
        load_unchanged_pairs(config.data, size),
        _composers(kept_back, 0.0, config.seed + _APART),
        captioned,
    )


def _composers(libraries: list[ImageLibrary], unchanged_share: float, seed: int) -> list[Composer]:
    return [Composer(library, unchanged_share, seed + number) for number, library in enumerate(libraries)]


def _kept_back(data: Path, size: int, config: TrainingConfig) -> list[ImageLibrary]:
    try:
        found = load_library(data, size, "validate", config.leave_out)
    except TrainingDataError:
        found = []
    enough = [library for library in found if len(library.rows_of()) >= _LEAST_CONCEPTS]
    if not enough:
        log.warning("too few training images to validate by some that are kept back")
    return enough


def drawn_pairs(folder: Path, size: int, config: TrainingConfig) -> list[PairSample]:
    """Pairs of drawn scenes; they are kept in `folder`, so that a second run need not draw them again."""
    if not config.scenes:
        return []
    file = folder / f"drawn-{config.scenes}-{size}-{config.seed}.npz"
    if not file.exists():
        save_samples(drawn_samples(config.scenes, size, config.seed), file)
    return without(load_samples(file), config.leave_out)
