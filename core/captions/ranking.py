"""Which sentence of a bank says best what happened on a tile.

Plain similarity between images and texts favours hubs: sentences that lie near to everything. Each sentence
therefore answers for how near it lies to changes in general before it may answer for one tile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.captions.bank import NOTHING_MEANING, CaptionBank
from changeseek.core.captions.embedded import EmbeddedBank, embed_bank
from changeseek.core.errors import QueryError
from changeseek.core.model.interface import PairModel, Vectors

# Most ground has not changed, which a reference balanced over all changes cannot know. Weighed on drawn
# scenes with training textures: more would hide changes.
NOTHING_PRIOR = 0.08
_TILES_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class RankedCaption:
    """One caption of a tile; rank counts from 1, a higher score fits better (comparable within one tile)."""

    rank: int
    caption: str
    score: float


def rank_captions(
    change_vectors: Vectors,
    bank: CaptionBank,
    model: PairModel,
    k: int,
    *,
    fallback_changes: Vectors | None = None,
) -> list[list[RankedCaption]]:
    """The k best captions of each of N tiles, best first, at most one for each meaning.

    Args:
        change_vectors: (N, D) float32 change vectors of unit length.
        bank: Candidates.
        model: The model that made the vectors.
        k: Captions a tile; fewer come back where the bank has fewer meanings.
        fallback_changes: (R, D) change vectors that stand for changes in general where the model ships none.

    Raises:
        QueryError: k is below 1.
    """
    if k < 1:
        raise QueryError(f"{k} captions were asked for", "Ask for at least one")
    embedded = embed_bank(bank, model, fallback_changes)
    groups = _groups_of_meaning(bank)
    prior = _prior(bank)
    return [
        _top(scores, groups, bank, k)
        for at in range(0, len(change_vectors), _TILES_AT_ONCE)
        for scores in caption_scores(change_vectors[at : at + _TILES_AT_ONCE], embedded) + prior
    ]


def caption_scores(change_vectors: Vectors, bank: EmbeddedBank) -> Vectors:
    """Similarity of N tiles to M sentences, less the hubness of each sentence: (N, M) float32."""
    return change_vectors @ bank.vectors.T - bank.hubness


def _prior(bank: CaptionBank) -> Vectors:
    quiet = [sentence.meaning == NOTHING_MEANING for sentence in bank.sentences]
    return np.where(quiet, NOTHING_PRIOR, 0.0).astype(np.float32)


def _groups_of_meaning(bank: CaptionBank) -> list[NDArray[np.intp]]:
    """The sentences of each meaning, by their place in the bank; meanings in order of first appearance."""
    groups: dict[str, list[int]] = {}
    for place, sentence in enumerate(bank.sentences):
        groups.setdefault(sentence.meaning, []).append(place)
    return [np.asarray(places, dtype=np.intp) for places in groups.values()]


def _top(scores: Vectors, groups: list[NDArray[np.intp]], bank: CaptionBank, k: int) -> list[RankedCaption]:
    """The leaders of the k best meanings; ties go to what stands earlier in the bank."""
    starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
    best = np.maximum.reduceat(scores[np.concatenate(groups)], starts)
    leading = [groups[meaning] for meaning in np.argsort(-best, kind="stable")[:k]]
    winners = [group[np.argmax(scores[group])] for group in leading]
    return [
        RankedCaption(rank, bank.sentences[winner].text, float(scores[winner]))
        for rank, winner in enumerate(winners, start=1)
    ]
