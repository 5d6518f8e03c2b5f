"""A gallery and what is asked of it as vectors, each embedded once whatever is measured on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.evaluation.difference import matched_differences
from changeseek.core.evaluation.gallery import Gallery
from changeseek.core.model.interface import PairEmbeddings, PairModel, Patches, TextKind, Vectors

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class SeenPairs:
    """N pairs in one order of the dates.

    Attributes:
        vectors: Each (N, D).
        difference: (N,) of the pixels, 0..255.
    """

    vectors: PairEmbeddings
    difference: NDArray[np.float32]

    def first(self, count: int) -> SeenPairs:
        """The first so many pairs."""
        vectors = PairEmbeddings(*(column[:count] for column in self.vectors))
        return SeenPairs(vectors, self.difference[:count])

    def beside(self, other: SeenPairs) -> SeenPairs:
        """These pairs and the others as one set, so that scores which hang on the set compare."""
        vectors = PairEmbeddings(*map(np.concatenate, zip(self.vectors, other.vectors, strict=True)))
        return SeenPairs(vectors, np.concatenate([self.difference, other.difference]))


@dataclass(frozen=True, slots=True)
class EmbeddedGallery:
    """A gallery in the order of time and against it.

    Attributes:
        forward: All N pairs, before to after.
        backward: The C pairs in which something happened, after to before.
    """

    forward: SeenPairs
    backward: SeenPairs


def embed_gallery(gallery: Gallery, model: PairModel) -> EmbeddedGallery:
    """Embed every pair in the order of time, and the changed ones against it as well."""
    before, after = gallery.before[: gallery.changed], gallery.after[: gallery.changed]
    return EmbeddedGallery(_seen(model, gallery.before, gallery.after), _seen(model, after, before))


def _seen(model: PairModel, before: Patches, after: Patches) -> SeenPairs:
    batches = [
        model.embed_pairs(before[start : start + _AT_ONCE], after[start : start + _AT_ONCE])
        for start in range(0, len(before), _AT_ONCE)
    ]
    vectors = PairEmbeddings(*(np.concatenate(column) for column in zip(*batches, strict=True)))
    return SeenPairs(vectors, matched_differences(before, after))


class ReadTexts:
    """The texts of one model; each is read once for each space, however often it is asked for."""

    def __init__(self, model: PairModel) -> None:
        self._model = model
        self._read: dict[tuple[str, TextKind], Vectors] = {}

    def __call__(self, texts: Sequence[str], kind: TextKind) -> Vectors:
        """(M, D) vectors of M texts, M at least 1."""
        new = [text for text in dict.fromkeys(texts) if (text, kind) not in self._read]
        if new:
            vectors = self._model.embed_text(new, kind)
            self._read.update(zip(((text, kind) for text in new), vectors, strict=True))
        return np.stack([self._read[text, kind] for text in texts])
