"""A caption bank as vectors, remembered between runs because thousands of sentences take seconds to embed."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.captions.bank import NOTHING_MEANING, CaptionBank
from changeseek.core.model.interface import PairModel, Vectors

HUB_NEIGHBOURS = 10
_MOST_REFERENCES = 4096
_SENTENCES_AT_ONCE = 1024
_LOG = logging.getLogger(__name__)


class EmbeddedBank(NamedTuple):
    """Sentences as `vectors` (M, D) float32 of unit length and `hubness` (M,) float32, -1..1."""

    vectors: Vectors
    hubness: NDArray[np.float32]


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
    file = (_user_cache() if cache is None else cache) / f"{_cache_name(bank, model)}.npy"
    vectors = _recall(file, len(bank.sentences), model.dimensions)
    if vectors is None:
        vectors = np.ascontiguousarray(model.embed_text(bank.texts, "change"), dtype=np.float32)
        _remember(file, vectors)
    if model.reference_changes is not None:
        return EmbeddedBank(vectors, hubness(vectors, model.reference_changes))
    return EmbeddedBank(vectors, _hubness_among_tiles(bank, vectors, fallback_changes))


def hubness(sentences: Vectors, references: Vectors | None) -> NDArray[np.float32]:
    """Mean similarity of each sentence (M, D) to the reference changes (R, D) nearest to it: (M,) float32.

    At most some thousand references are looked at, evenly spread, so that time and memory stay bounded.
    """
    if references is None or len(references) == 0:
        return np.zeros(len(sentences), dtype=np.float32)
    some = references[:: -(-len(references) // _MOST_REFERENCES)]
    nearest = min(HUB_NEIGHBOURS, len(some))
    chunks = [sentences[at : at + _SENTENCES_AT_ONCE] for at in range(0, len(sentences), _SENTENCES_AT_ONCE)]
    means = [np.partition(chunk @ some.T, -nearest, axis=1)[:, -nearest:].mean(axis=1) for chunk in chunks]
    return np.concatenate(means).astype(np.float32)


def _hubness_among_tiles(bank: CaptionBank, sentences: Vectors, tiles: Vectors | None) -> NDArray[np.float32]:
    """Hubness measured on the tiles of an index, where most tiles are quiet and rightly near to "nothing".

    So the sentences that say "nothing" count as hubs of the usual kind, whatever was measured.
    """
    hubs = hubness(sentences, tiles)
    quiet = np.asarray([sentence.meaning == NOTHING_MEANING for sentence in bank.sentences])
    if quiet.any() and not quiet.all():
        hubs[quiet] = hubs[~quiet].mean()
    return hubs


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("changeseek", appauthor=False) / "captions"


def _cache_name(bank: CaptionBank, model: PairModel) -> str:
    return hashlib.sha256(f"{model.sha256} {bank.sha256}".encode()).hexdigest()[:32]


def _recall(file: Path, sentences: int, dimensions: int) -> Vectors | None:
    try:
        vectors = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    fits = vectors.dtype == np.float32 and vectors.shape == (sentences, dimensions)
    return vectors if fits else None


def _remember(file: Path, vectors: Vectors) -> None:
    """Keep the vectors for the next run; a cache that cannot be written costs time, not the answer."""
    unfinished = file.with_name(f"{file.stem}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as stream:
            np.save(stream, vectors)
        unfinished.replace(file)
    except OSError as error:
        _LOG.info("caption vectors are not kept: %s", error)
        with suppress(OSError):
            unfinished.unlink()
