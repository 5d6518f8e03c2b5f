"""Captions for a batch: a random sentence for each pair, one for its reverse, a phrase for each concept."""

from __future__ import annotations

import random
from typing import NamedTuple

import torch
from torch import Tensor

from changeseek.core.captions.grammar import Meaning, random_scene_phrase, random_sentence
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.samples import COLUMN, CONCEPT_KEYS


class Captions(NamedTuple):
    """Sentences with what they mean."""

    meanings: list[Meaning]
    sentences: list[str]


def caption(truths: tuple[Meaning, ...], chance: random.Random) -> Meaning:
    """A meaning that is true of the pair: the whole transition, or only what came, or only what went."""
    truth = chance.choice(truths)
    if truth.key == "nothing":
        return truth
    draw = chance.random()
    if draw < 0.5:
        return truth
    return Meaning(after=truth.after) if draw < 0.75 else Meaning(before=truth.before)


def captions_of(truths: list[tuple[Meaning, ...]], chance: random.Random) -> Captions:
    """One caption a pair."""
    meanings = [caption(pair, chance) for pair in truths]
    return Captions(meanings, [random_sentence(meaning, chance) for meaning in meanings])


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
