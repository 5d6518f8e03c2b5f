"""Captions for a batch: a random sentence for each pair, one for its reverse, a phrase for each concept."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from changeseek.core.captions.grammar import (
    Meaning,
    random_placed_sentence,
    random_scene_phrase,
    random_sentence,
)
from changeseek.core.captions.placement import Claim, Placement
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.samples import COLUMN, CONCEPT_KEYS

# Of the pairs with a known place; quiet pairs have none, so about a third of all captions tell of it.
_PLACED_SHARE = 0.5


class Captions(NamedTuple):
    """Sentences with what they mean and what they say of extent or position, None for nothing."""

    meanings: list[Meaning]
    sentences: list[str]
    claims: list[Claim | None]


def caption(truths: tuple[Meaning, ...], chance: random.Random) -> Meaning:
    """A meaning that is true of the pair: the whole transition, or only what came, or only what went."""
    truth = chance.choice(truths)
    if truth.key == "nothing":
        return truth
    draw = chance.random()
    if draw < 0.5:
        return truth
    return Meaning(after=truth.after) if draw < 0.75 else Meaning(before=truth.before)


def captions_of(
    truths: Sequence[tuple[Meaning, ...]],
    chance: random.Random,
    where: Sequence[Placement | None] | None = None,
) -> Captions:
    """One caption a pair; where the place of what happened is known, half of them tell of it.

    Args:
        truths: What happened in each pair.
        chance: Draws meanings and wordings.
        where: Extent and position of each; None where none is known.
    """
    places = where or [None] * len(truths)
    meanings = [caption(pair, chance) for pair in truths]
    said = [_said(meaning, place, chance) for meaning, place in zip(meanings, places, strict=True)]
    return Captions(meanings, [text for text, _ in said], [claim for _, claim in said])


def _said(meaning: Meaning, place: Placement | None, chance: random.Random) -> tuple[str, Claim | None]:
    if place is None or meaning.key == "nothing" or chance.random() > _PLACED_SHARE:
        return random_sentence(meaning, chance), None
    return random_placed_sentence(meaning, place, chance)


def concept_phrases(chance: random.Random) -> list[str]:
    """One phrase for each concept, in the order of CONCEPT_KEYS."""
    return [random_scene_phrase(key, chance) for key in CONCEPT_KEYS]


def read(model: TextItsr, tokenizer: SentenceTokenizer, texts: list[str]) -> tuple[Tensor, Tensor]:
    """States and mask of sentences from the frozen text encoder."""
    ids, mask = tokenizer(texts)
    device = next(model.parameters()).device
    with torch.no_grad():
        states = model.text_states(ids.to(device), mask.to(device))
    return states.float(), mask.to(device)


def phrase_targets(meanings: list[Meaning], concepts: Tensor) -> Tensor:
    """Scene vectors (M, 2, D) of what each meaning names before and after, zero where it names nothing."""
    targets = torch.zeros(len(meanings), 2, concepts.shape[1], device=concepts.device)
    for row, meaning in enumerate(meanings):
        for date, key in enumerate((meaning.before, meaning.after)):
            if key is not None:
                targets[row, date] = concepts[COLUMN[key]]
    return targets
