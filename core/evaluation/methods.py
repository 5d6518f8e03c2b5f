"""Ways to score every pair of a gallery for every sentence: the product's own, and simpler ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from changeseek.core.evaluation.gallery import Gallery
from changeseek.core.evaluation.retrieval import Scores
from changeseek.core.index.scoring import NOTHING_TEXT, NOTHING_WEIGHT
from changeseek.core.model.interface import PairEmbeddings, PairModel, Patches

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class EmbeddedGallery:
    """A gallery's vectors, each (N, D), in the order of time and against it.

    Attributes:
        forward: Before to after.
        backward: After to before.
    """

    forward: PairEmbeddings
    backward: PairEmbeddings


def embed_gallery(gallery: Gallery, model: PairModel) -> EmbeddedGallery:
    """Embed every pair both ways."""
    return EmbeddedGallery(
        _embedded(model, gallery.before, gallery.after), _embedded(model, gallery.after, gallery.before)
    )


def _embedded(model: PairModel, before: Patches, after: Patches) -> PairEmbeddings:
    batches = [
        model.embed_pairs(before[start : start + _AT_ONCE], after[start : start + _AT_ONCE])
        for start in range(0, len(before), _AT_ONCE)
    ]
    return PairEmbeddings(*(np.concatenate(column) for column in zip(*batches, strict=True)))


Method = Callable[[PairModel, Sequence[str], PairEmbeddings], Scores]


def by_change(model: PairModel, sentences: Sequence[str], pairs: PairEmbeddings) -> Scores:
    """As `changeseek search` scores: the learned change vector, less what looks like no change."""
    wanted = model.embed_text(sentences, "change")
    nothing = model.embed_text([NOTHING_TEXT], "change")
    return (wanted - np.float32(NOTHING_WEIGHT) * nothing) @ pairs.change.T


def by_after(model: PairModel, sentences: Sequence[str], pairs: PairEmbeddings) -> Scores:
    """The sentence against the later date alone."""
    return model.embed_text(sentences, "scene") @ pairs.after.T


def by_delta(model: PairModel, sentences: Sequence[str], pairs: PairEmbeddings) -> Scores:
    """How much better the sentence fits the later date than the earlier one."""
    return model.embed_text(sentences, "scene") @ (pairs.after - pairs.before).T


# The last two look at scenes alone, so they need no training on change.
METHODS: dict[str, Method] = {"change": by_change, "after only": by_after, "delta": by_delta}
