"""A held-out gallery with all that is asked of it, encoded and read once for every fusion."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from changeseek.core.captions.grammar import Meaning
from changeseek.core.evaluation.fusions.base import Base
from changeseek.core.evaluation.fusions.sentences import SentenceStates, read_sentences
from changeseek.core.evaluation.fusions.tokens import CachedPairs, gallery_tokens
from changeseek.core.evaluation.gallery import composed_gallery
from changeseek.core.evaluation.measure import distinct
from changeseek.core.evaluation.retrieval import Relevant
from changeseek.core.evaluation.robustness import right_pairs
from changeseek.core.evaluation.wordings import heard
from changeseek.core.index.scoring import NOTHING_TEXT


@dataclass(frozen=True, slots=True)
class AskedGallery:
    """N pairs, of which the first C have changed, and sentences about them.

    Attributes:
        pairs: Encoded; the quiet ones stand last.
        changed: C.
        meanings: Distinct ones of the changed pairs.
        asked: A sentence for each of `meanings`, then one for each changed pair, then "nothing has changed".
        right: (meanings, N) bool, which pair is of which meaning.
    """

    pairs: CachedPairs
    changed: int
    meanings: tuple[Meaning, ...]
    asked: SentenceStates
    right: Relevant


def asked_gallery(base: Base, data: Path, pairs: int, quiet: int, seed: int) -> AskedGallery:
    """Compose a gallery of the test images under `data`, as `changeseek evaluate` does, and read its queries.

    Raises:
        TrainingDataError: There are no test images.
    """
    gallery = composed_gallery(data, base.network.config.patch_size, seed, pairs, quiet)
    happened = gallery.meanings[: gallery.changed]
    meanings = distinct(happened)
    texts = [*heard(meanings, seed), *heard(happened, seed + 1), NOTHING_TEXT]
    return AskedGallery(
        gallery_tokens(base, gallery),
        gallery.changed,
        tuple(meanings),
        read_sentences(base, texts),
        right_pairs(meanings, gallery.meanings),
    )
