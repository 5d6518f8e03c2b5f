"""All figures of one model on one gallery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from changeseek.core.captions.grammar import Meaning
from changeseek.core.evaluation.gallery import Gallery
from changeseek.core.evaluation.methods import METHODS, EmbeddedGallery, Method, embed_gallery
from changeseek.core.evaluation.retrieval import Relevant, Retrieval, Scores, measure_retrieval
from changeseek.core.evaluation.wordings import heard, unheard
from changeseek.core.model.interface import PairEmbeddings, PairModel


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """What one way of scoring reaches.

    Attributes:
        to_pairs: A sentence for each meaning, to the pairs in which something happened; every pair of the
            meaning is right.
        to_pairs_strict: A sentence for each pair; that pair alone is right.
        to_all: As `to_pairs`, with quiet pairs in the gallery as well.
        to_texts: Each pair to the sentences of all meanings.
        direction: Share of pairs that score higher than they do with their dates swapped; None where the
            scores cannot differ.
    """

    to_pairs: Retrieval
    to_pairs_strict: Retrieval
    to_all: Retrieval
    to_texts: Retrieval
    direction: float | None


@dataclass(frozen=True, slots=True)
class GalleryFigures:
    """Of one model on one gallery.

    Attributes:
        pairs: In which something happened.
        meanings: Distinct ones among them.
        methods: By name.
        unheard: `to_pairs` of the learned method for wordings that no training heard.
    """

    pairs: int
    meanings: int
    methods: dict[str, MethodFigures]
    unheard: Retrieval


def measure(gallery: Gallery, model: PairModel, seed: int) -> GalleryFigures:
    """Ask a gallery by every method."""
    embedded = embed_gallery(gallery, model)
    meanings = sorted(set(gallery.meanings[: gallery.changed]), key=lambda meaning: meaning.key)
    figures = {
        name: _by_method(method, gallery, embedded, meanings, model, seed) for name, method in METHODS.items()
    }
    other = METHODS["change"](model, unheard(meanings, seed), _first(embedded.forward, gallery.changed))
    right = _right(meanings, gallery.meanings[: gallery.changed])
    return GalleryFigures(gallery.changed, len(meanings), figures, measure_retrieval(other, right))


def _by_method(
    method: Method,
    gallery: Gallery,
    embedded: EmbeddedGallery,
    meanings: Sequence[Meaning],
    model: PairModel,
    seed: int,
) -> MethodFigures:
    count = gallery.changed
    sentences, own = heard(meanings, seed), heard(gallery.meanings[:count], seed + 1)
    scores = method(model, sentences, embedded.forward)
    of_own = method(model, own, _first(embedded.forward, count))
    swapped = method(model, own, _first(embedded.backward, count))
    right = _right(meanings, gallery.meanings)
    return MethodFigures(
        measure_retrieval(scores[:, :count], right[:, :count]),
        measure_retrieval(of_own, np.eye(count, dtype=bool)),
        measure_retrieval(scores, right),
        measure_retrieval(scores[:, :count].T, right[:, :count].T),
        _direction(np.diagonal(of_own), np.diagonal(swapped)),
    )


def _right(meanings: Sequence[Meaning], pairs: Sequence[Meaning]) -> Relevant:
    return np.array([[meaning == pair for pair in pairs] for meaning in meanings])


def _direction(forward: Scores, backward: Scores) -> float | None:
    if np.allclose(forward, backward):
        return None
    return float((forward > backward).mean())


def _first(pairs: PairEmbeddings, count: int) -> PairEmbeddings:
    return PairEmbeddings(*(column[:count] for column in pairs))
