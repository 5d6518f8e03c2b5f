"""What one trained fusion finds in the gallery: by its learned half alone, and by whole vectors."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from changeseek.core.evaluation.fusions.gallery import AskedGallery
from changeseek.core.evaluation.measure import direction
from changeseek.core.evaluation.retrieval import Retrieval, Scores, measure_retrieval
from changeseek.core.index.scoring import less_nothing
from changeseek.core.model.text_itsr import TextItsr

_AT_ONCE = 250
_TIMED_PAIRS = 64
_TIMES = 15


@dataclass(frozen=True, slots=True)
class VectorFigures:
    """What vectors of one kind reach.

    Attributes:
        to_pairs: A sentence for each meaning, to the changed pairs; every pair of the meaning is right.
        to_pairs_strict: A sentence for each changed pair; that pair alone is right.
        to_all: As `to_pairs`, with quiet pairs in the gallery as well.
        to_texts: Each changed pair to the sentences of all meanings.
        direction: Share of changed pairs that score higher than they do with their dates swapped; None where
            the order of the dates makes no difference to the vectors.
    """

    to_pairs: Retrieval
    to_pairs_strict: Retrieval
    to_all: Retrieval
    to_texts: Retrieval
    direction: float | None


@dataclass(frozen=True, slots=True)
class GalleryVectors:
    """Unit vectors of what is asked (M, D) and of the pairs, both ways (N, D) and (C, D)."""

    asked: Tensor
    forward: Tensor
    backward: Tensor

    def each(self, part: Callable[[Tensor], Tensor]) -> GalleryVectors:
        """The same of a part of the vectors."""
        return GalleryVectors(part(self.asked), part(self.forward), part(self.backward))


@torch.inference_mode()
def gallery_vectors(network: TextItsr, gallery: AskedGallery) -> GalleryVectors:
    """Embed the gallery and its queries."""
    device = network.difference_weight.device
    asked = [
        network.text_change(*(part.to(device) for part in gallery.asked.of(rows)))
        for rows in torch.arange(len(gallery.asked.mask)).split(_AT_ONCE)
    ]
    dates = gallery.pairs.tokens
    forward = _changes(network, dates)
    backward = _changes(network, dates[: gallery.changed].flip(1))
    return GalleryVectors(torch.cat(asked), forward, backward)


def _changes(network: TextItsr, tokens: Tensor) -> Tensor:
    device = network.difference_weight.device
    return torch.cat([network.change(*few.to(device).float().unbind(1)) for few in tokens.split(_AT_ONCE)])


def measure_vectors(vectors: GalleryVectors, gallery: AskedGallery) -> VectorFigures:
    """Rank the gallery by vectors, scored as `changeseek search` scores."""
    wanted, nothing = vectors.asked[:-1], vectors.asked[-1]
    count, meanings = gallery.changed, len(gallery.meanings)
    scores = _scores(wanted[:meanings], vectors.forward, nothing)
    of_own = _scores(wanted[meanings:], vectors.forward[:count], nothing)
    both_ways = _scores(wanted[meanings:], torch.cat((vectors.forward[:count], vectors.backward)), nothing)
    right = gallery.right
    return VectorFigures(
        measure_retrieval(scores[:, :count], right[:, :count]),
        measure_retrieval(of_own, np.eye(count, dtype=bool)),
        measure_retrieval(scores, right),
        measure_retrieval(scores[:, :count].T, right[:, :count].T),
        direction(np.diagonal(both_ways), np.diagonal(both_ways, count)),
    )


def _scores(wanted: Tensor, pairs: Tensor, nothing: Tensor) -> Scores:
    return less_nothing((wanted @ pairs.T).cpu().numpy(), (pairs @ nothing).cpu().numpy())


@torch.inference_mode()
def milliseconds_a_pair(network: TextItsr, gallery: AskedGallery) -> float:
    """Time of the fusion alone, the best of some tries, for nothing but it was busy then."""
    device = network.difference_weight.device
    before, after = gallery.pairs.tokens[:_TIMED_PAIRS].to(device).float().unbind(1)
    return min(_seconds(network, before, after) for _ in range(_TIMES)) * 1000 / len(before)


def _seconds(network: TextItsr, before: Tensor, after: Tensor) -> float:
    started = time.perf_counter()
    # Brought to the CPU, the result is there and not only asked for, whatever the device.
    network.fusion(before, after).cpu()
    return time.perf_counter() - started
