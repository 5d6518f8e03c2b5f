"""Tokens of both dates, encoded once: what makes a training of heads take seconds instead of hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import torch
from torch import Tensor

from changeseek.core.captions.grammar import Meaning
from changeseek.core.evaluation.fusions.base import Base
from changeseek.core.evaluation.gallery import Gallery
from changeseek.core.training.batches import PairMixer, batch_at
from changeseek.core.training.composition import Composer
from changeseek.core.training.library import load_library, load_unchanged_pairs

_AT_ONCE = 64
_UNCHANGED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class CachedPairs:
    """N pairs as the image encoder sees them.

    Attributes:
        tokens: (N, 2, T, C) float16, before and after. 12,000 pairs of 16 tokens of 256 numbers take 197 MB.
        truths: What happened in each pair.
    """

    tokens: Tensor
    truths: tuple[Meaning, ...]


def training_tokens(base: Base, data: Path, pairs: int, seed: int) -> CachedPairs:
    """Compose, augment and encode pairs of the training images under `data`.

    Images of all scales and plots flown twice take part as in `changeseek train`; drawn scenes do not.

    Raises:
        TrainingDataError: There are no training images.
    """
    size = base.network.config.patch_size
    composers = [
        Composer(library, _UNCHANGED_SHARE, seed + number)
        for number, library in enumerate(load_library(data, size))
    ]
    mixer = PairMixer([], composers, load_unchanged_pairs(data, size), 0.0, seed)
    found: list[Tensor] = []
    truths: list[Meaning] = []
    for number in range(ceil(pairs / _AT_ONCE)):
        batch = batch_at(mixer, _AT_ONCE, seed, number)
        found.append(_encoded(base, batch.pairs))
        truths.extend(pair[0] for pair in batch.truths)
    return CachedPairs(torch.cat(found)[:pairs], tuple(truths[:pairs]))


def gallery_tokens(base: Base, gallery: Gallery) -> CachedPairs:
    """Encode the pairs of a gallery, in its order."""
    found = [_encoded(base, pairs) for pairs in _in_batches(gallery)]
    return CachedPairs(torch.cat(found), gallery.meanings)


def _in_batches(gallery: Gallery) -> Iterator[Tensor]:
    """(B, 2, 3, P, P) float32, 0..1."""
    for start in range(0, len(gallery.meanings), _AT_ONCE):
        few = slice(start, start + _AT_ONCE)
        dates = (torch.from_numpy(date[few]) for date in (gallery.before, gallery.after))
        yield torch.stack(tuple(dates), dim=1).float().div_(255)


@torch.inference_mode()
def _encoded(base: Base, pairs: Tensor) -> Tensor:
    """Pairs (B, 2, 3, P, P) to tokens (B, 2, T, C) float16."""
    images = pairs.flatten(0, 1).to(base.device).contiguous(memory_format=torch.channels_last)
    tokens: Tensor = base.network.tokens(images).unflatten(0, (-1, 2))
    return tokens.half().cpu()
