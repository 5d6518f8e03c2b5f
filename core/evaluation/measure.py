"""All figures of one model on one gallery."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from changeseek.core.captions.grammar import Meaning
from changeseek.core.evaluation.captioning import CaptionFigures, measure_captions
from changeseek.core.evaluation.detection import Detection, measure_detection
from changeseek.core.evaluation.embedding import EmbeddedGallery, ReadTexts, embed_gallery
from changeseek.core.evaluation.gallery import Gallery, names
from changeseek.core.evaluation.methods import METHODS, Method
from changeseek.core.evaluation.retrieval import Retrieval, Scores, measure_retrieval
from changeseek.core.evaluation.robustness import measure_wordings, right_pairs
from changeseek.core.evaluation.wordings import heard
from changeseek.core.model.interface import PairModel

# Two orders of the dates that differ by less, compared with how much scores differ at all, are one: what is
# left is rounding, which depends on the batch and the device.
_ROUNDING = 1e-3


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """What one way of scoring reaches.

    Semantic: a sentence for each meaning, and every pair of the meaning is right. Strict: a sentence for each
    pair, and that pair alone is right.

    Attributes:
        to_pairs: Semantic, sentences to the pairs in which something happened.
        to_pairs_strict: Strict.
        to_all: As `to_pairs`, with quiet pairs in the gallery as well.
        to_all_strict: Strict.
        to_texts: Semantic, each pair in which something happened to the sentences of all meanings.
        to_texts_strict: Strict, to the sentences of all those pairs.
        all_to_texts: As `to_texts`; the quiet pairs ask as well, and a sentence says that nothing happened.
        all_to_texts_strict: Strict; the quiet pairs share the few sentences that say so.
        direction: Share of pairs that score higher than they do with their dates swapped, ties by half; None
            where the order of the dates makes no difference.
    """

    to_pairs: Retrieval
    to_pairs_strict: Retrieval
    to_all: Retrieval
    to_all_strict: Retrieval
    to_texts: Retrieval
    to_texts_strict: Retrieval
    all_to_texts: Retrieval
    all_to_texts_strict: Retrieval
    direction: float | None


@dataclass(frozen=True, slots=True)
class GalleryFigures:
    """Of one model on one gallery.

    Attributes:
        pairs: In which something happened.
        quiet: In which nothing did.
        meanings: Distinct ones of the changed pairs.
        most_of_a_meaning: Changed pairs that share one meaning, at most.
        methods: By name.
        wordings: `to_pairs` of the learned method by the way of asking.
        detection: Changed pairs before quiet ones, by the name of the score; empty where none is quiet.
        captions: Of the first caption and the first five.
        named: `to_pairs` by method of the meanings that name a wanted concept, among all changed pairs; empty
            where none is wanted.
    """

    pairs: int
    quiet: int
    meanings: int
    most_of_a_meaning: int
    methods: dict[str, MethodFigures]
    wordings: dict[str, Retrieval]
    detection: dict[str, Detection]
    captions: CaptionFigures
    named: dict[str, Retrieval]


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """Of a gallery whose changes are all to or from some concepts.

    Attributes:
        pairs: In which something happened; there are no others.
        meanings: Distinct ones.
        to_pairs: By method; semantic.
        direction: By method, as in `MethodFigures`.
    """

    pairs: int
    meanings: int
    to_pairs: dict[str, Retrieval]
    direction: dict[str, float | None]


def measure(gallery: Gallery, model: PairModel, seed: int, only: Collection[str] = ()) -> GalleryFigures:
    """Ask a gallery by every method, caption it, and tell its changed pairs from its quiet ones.

    Args:
        gallery: With at least one changed pair.
        model: What to measure.
        seed: Of the sentences.
        only: Keys of concepts, changes to or from which are looked at by themselves as well.
    """
    texts, embedded = ReadTexts(model), embed_gallery(gallery, model)
    truths = gallery.meanings[: gallery.changed]
    meanings = distinct(truths)
    seen = embedded.forward
    return GalleryFigures(
        gallery.changed,
        len(gallery.meanings) - gallery.changed,
        len(meanings),
        max(truths.count(meaning) for meaning in meanings),
        {name: _by_method(method, gallery, embedded, texts, seed) for name, method in METHODS.items()},
        measure_wordings(texts, meanings, seen.first(gallery.changed), truths, seed),
        measure_detection(texts, seen, gallery.changed),
        measure_captions(seen.vectors.change, gallery.meanings, gallery.changed, model, seed),
        _named(gallery, embedded, texts, seed, only) if only else {},
    )


def measure_named(gallery: Gallery, model: PairModel, seed: int) -> NamedFigures:
    """Ask a gallery of changed pairs alone."""
    texts, embedded = ReadTexts(model), embed_gallery(gallery, model)
    figures = {name: _by_method(method, gallery, embedded, texts, seed) for name, method in METHODS.items()}
    return NamedFigures(
        gallery.changed,
        len(distinct(gallery.meanings)),
        {name: one.to_pairs for name, one in figures.items()},
        {name: one.direction for name, one in figures.items()},
    )


def _named(
    gallery: Gallery, embedded: EmbeddedGallery, texts: ReadTexts, seed: int, only: Collection[str]
) -> dict[str, Retrieval]:
    truths = gallery.meanings[: gallery.changed]
    meanings = [meaning for meaning in distinct(truths) if names(meaning, only)]
    if not meanings:
        return {}
    right, seen = right_pairs(meanings, truths), embedded.forward.first(gallery.changed)
    sentences = heard(meanings, seed)
    return {
        name: measure_retrieval(method(texts, sentences, seen), right) for name, method in METHODS.items()
    }


def distinct(truths: Sequence[Meaning]) -> list[Meaning]:
    """Each meaning once, in the order of their text forms."""
    return sorted(set(truths), key=lambda meaning: meaning.key)


def _by_method(
    method: Method, gallery: Gallery, embedded: EmbeddedGallery, texts: ReadTexts, seed: int
) -> MethodFigures:
    count, seen = gallery.changed, embedded.forward
    meanings = distinct(gallery.meanings[:count])
    asked = [*meanings, Meaning()]
    scores = method(texts, heard(asked, seed), seen)
    right = right_pairs(asked, gallery.meanings)
    own = heard(gallery.meanings, seed + 1)
    of_own, very = method(texts, own, seen), np.eye(len(own), dtype=bool)
    both_ways = method(texts, own[:count], seen.first(count).beside(embedded.backward))
    told = len(meanings)
    return MethodFigures(
        measure_retrieval(scores[:told, :count], right[:told, :count]),
        measure_retrieval(of_own[:count, :count], very[:count, :count]),
        measure_retrieval(scores[:told], right[:told]),
        measure_retrieval(of_own[:count], very[:count]),
        measure_retrieval(scores[:told, :count].T, right[:told, :count].T),
        measure_retrieval(of_own[:count, :count].T, very[:count, :count]),
        measure_retrieval(scores.T, right.T),
        measure_retrieval(of_own.T, very),
        direction(np.diagonal(both_ways), np.diagonal(both_ways, count)),
    )


def direction(forward: Scores, backward: Scores) -> float | None:
    """Share of pairs that score higher in the order of time; None where the order makes no difference.

    Args:
        forward: (N,) each pair for its own sentence.
        backward: (N,) the same with the dates swapped.
    """
    spread = float(np.concatenate([forward, backward]).std())
    if float(np.abs(forward - backward).max()) <= _ROUNDING * spread:
        return None
    return float((forward > backward).mean() + (forward == backward).mean() / 2)
