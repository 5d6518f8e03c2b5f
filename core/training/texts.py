"""Captions for a batch: a random sentence for each pair, one for its reverse, a phrase for each concept."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from changeseek.core.captions.free import says_nothing
from changeseek.core.captions.grammar import (
    Meaning,
    random_placed_sentence,
    random_scene_phrase,
    random_sentence,
)
from changeseek.core.captions.placement import Claim
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.samples import COLUMN, CONCEPT_KEYS, Told

# Of the pairs with a known place; quiet pairs have none, so about a third of all captions tell of it.
_PLACED_SHARE = 0.5


class Captions(NamedTuple):
    """Sentences with what they mean and what they say of extent or position.

    Attributes:
        meanings: None for a sentence in free words.
        sentences: One for each pair.
        claims: None for a sentence that claims nothing of extent or position.
    """

    meanings: list[Meaning | None]
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


def both_orders(told: Sequence[Told]) -> tuple[list[Told], list[int]]:
    """All pairs as they are, then with their dates swapped those of which the reverse is known.

    Returns:
        What is known of each, and the rows of those that were swapped.
    """
    back = [(row, one.reversed()) for row, one in enumerate(told)]
    known = [(row, one) for row, one in back if one is not None]
    return [*told, *(one for _, one in known)], [row for row, _ in known]


def tell(told: Sequence[Told], chance: random.Random) -> Captions:
    """One caption a pair: one of its own at random, or a sentence of the grammar that is true of it.

    Where the place of what happened is known, half of the grammar's sentences tell of it.

    Args:
        told: What is known of each pair.
        chance: Draws meanings and wordings.
    """
    said = [_said(one, chance) for one in told]
    return Captions(
        [meaning for meaning, _, _ in said], [text for _, text, _ in said], [at for _, _, at in said]
    )


def _said(told: Told, chance: random.Random) -> tuple[Meaning | None, str, Claim | None]:
    if told.captions:
        text = chance.choice(told.captions)
        still = says_nothing(text) or (bool(told.truths) and told.truths[0] == Meaning())
        return Meaning() if still else None, text, None
    meaning = caption(told.truths, chance)
    if told.where is None or meaning.key == "nothing" or chance.random() > _PLACED_SHARE:
        return meaning, random_sentence(meaning, chance), None
    return meaning, *random_placed_sentence(meaning, told.where, chance)


def restated(said: Captions, chance: random.Random) -> Captions:
    """The same meanings in other wordings of the grammar, without extent or position; free words stay."""
    sentences = [
        text if meaning is None else random_sentence(meaning, chance)
        for meaning, text in zip(said.meanings, said.sentences, strict=True)
    ]
    return Captions(said.meanings, sentences, [None] * len(sentences))


def concept_phrases(chance: random.Random) -> list[str]:
    """One phrase for each concept, in the order of CONCEPT_KEYS."""
    return [random_scene_phrase(key, chance) for key in CONCEPT_KEYS]


def read(model: TextItsr, tokenizer: SentenceTokenizer, texts: list[str]) -> tuple[Tensor, Tensor]:
    """States and mask of sentences, as the text encoder is now; nothing learns from them."""
    ids, mask = tokenizer(texts)
    device = next(model.parameters()).device
    with torch.no_grad():
        states = model.text_states(ids.to(device), mask.to(device))
    return states.float(), mask.to(device)


def phrase_targets(meanings: Sequence[Meaning | None], concepts: Tensor) -> Tensor:
    """Scene vectors (M, 2, D) of what each meaning names before and after.

    Zero where it names nothing, not a number where a text in free words may name anything.
    """
    targets = torch.zeros(len(meanings), 2, concepts.shape[1], device=concepts.device)
    for row, meaning in enumerate(meanings):
        if meaning is None:
            targets[row] = torch.nan
            continue
        for date, key in enumerate((meaning.before, meaning.after)):
            if key is not None:
                targets[row, date] = concepts[COLUMN[key]]
    return targets
