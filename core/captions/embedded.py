"""A caption bank as a model sees it: a vector for each sentence, and how much of a hub it is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from changeseek.core.captions.bank import NOTHING_MEANING, CaptionBank
from changeseek.core.captions.derived import Floats, remembered, user_cache
from changeseek.core.model.interface import PairModel, Vectors

HUB_NEIGHBOURS = 10
_MOST_REFERENCES = 4096
_SENTENCES_AT_ONCE = 1024


class EmbeddedBank(NamedTuple):
    """Sentences as `vectors` (M, D) float32 of unit length and `hubness` (M,) float32, -1..1."""

    vectors: Vectors
    hubness: Floats


def embed_bank(
    bank: CaptionBank, model: PairModel, fallback_changes: Vectors | None = None, *, cache: Path | None = None
) -> EmbeddedBank:
    """Embed all sentences of a bank and measure how much of a hub each is.

    Args:
        bank: M sentences.
        model: Embeds the texts; its reference changes, where it ships them, show the hubs.
        fallback_changes: (R, D) change vectors used in place of missing reference changes; without either,
            hubness is 0.
        cache: Folder of the derived files, which may be deleted at any time; None for the user's own.
    """
    folder = user_cache() if cache is None else cache
    key, count = f"{model.sha256} {bank.sha256}", len(bank.sentences)
    shape = (count, model.dimensions)
    vectors = remembered(folder, key, shape, lambda: model.embed_text(bank.texts, "change"))
    balanced = model.reference_changes
    references = _some(fallback_changes if balanced is None else balanced)
    if len(references) == 0:
        return EmbeddedBank(vectors, np.zeros(count, dtype=np.float32))
    hubs_key = f"{key} {hashlib.sha256(references.tobytes()).hexdigest()}"
    hubs = remembered(folder, hubs_key, (count,), lambda: hubness(vectors, references))
    return EmbeddedBank(vectors, _without_quiet_hubs(bank, hubs) if balanced is None else hubs)


def hubness(sentences: Vectors, references: Vectors) -> Floats:
    """Mean similarity of each sentence (M, D) to the reference changes (R, D) nearest to it: (M,) float32."""
    nearest = min(HUB_NEIGHBOURS, len(references))
    chunks = [sentences[at : at + _SENTENCES_AT_ONCE] for at in range(0, len(sentences), _SENTENCES_AT_ONCE)]
    likenesses = (chunk @ references.T for chunk in chunks)
    means = [np.partition(likeness, -nearest, axis=1)[:, -nearest:].mean(axis=1) for likeness in likenesses]
    return np.concatenate(means).astype(np.float32)


def _some(references: Vectors | None) -> Vectors:
    """At most some thousand references, evenly spread, so that time and memory stay bounded."""
    if references is None or len(references) == 0:
        return np.empty((0, 0), dtype=np.float32)
    return references[:: -(-len(references) // _MOST_REFERENCES)]


def _without_quiet_hubs(bank: CaptionBank, hubs: Floats) -> Floats:
    """Hubness measured on the tiles of an index, where most are quiet and rightly near to "nothing".

    So the sentences that say "nothing" count as hubs of the usual kind, whatever was measured.
    """
    quiet = np.asarray([sentence.meaning == NOTHING_MEANING for sentence in bank.sentences])
    if not quiet.any() or quiet.all():
        return hubs
    return np.where(quiet, hubs[~quiet].mean(), hubs)
