"""Sentences about a change, written from the concepts: with direction, extent and many wordings.

The caption bank holds all sentences of `sentences`; training draws at random from these and from the many
more of `wordings`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product

from changeseek.core.captions import wordings
from changeseek.core.captions.bank_sentences import NOTHING, appearances, disappearances, transitions
from changeseek.core.captions.concepts import BY_KEY, CONCEPTS
from changeseek.core.captions.place_wordings import placed
from changeseek.core.captions.placement import Claim, Placement
from changeseek.core.captions.said import OF_THE_OLD, Said
from changeseek.core.captions.scene_wordings import scene_phrase


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sentence says: which concept was there before, which is there after.

    Attributes:
        before: Key of the concept that went, None where the sentence does not say.
        after: Key of the concept that came, None where the sentence does not say. Both None: nothing changed.
    """

    before: str | None = None
    after: str | None = None

    @property
    def key(self) -> str:
        """Text form, `forest -> houses`, `-> houses`, `forest ->` or `nothing`."""
        if self.before is None and self.after is None:
            return "nothing"
        return f"{self.before or ''} -> {self.after or ''}".strip()

    @classmethod
    def parse(cls, key: str) -> Meaning:
        """Read the text form back."""
        if key == "nothing":
            return cls()
        before, _, after = key.partition("->")
        return cls(before.strip() or None, after.strip() or None)

    def reversed(self) -> Meaning:
        """The same with the dates swapped."""
        return Meaning(self.after, self.before)

    def agrees_with(self, truth: Meaning) -> bool:
        """Whether a sentence of this meaning is true of a pair where exactly `truth` happened."""
        if self.key == "nothing" or truth.key == "nothing":
            return self.key == truth.key
        return self.before in (None, truth.before) and self.after in (None, truth.after)


def sentences(meaning: Meaning, *, nouns: int | None = None) -> list[str]:
    """All sentences of one meaning.

    Args:
        meaning: What to say.
        nouns: Use only the first so many nouns of each concept; None for all.
    """
    if meaning.key == "nothing":
        return list(NOTHING)
    before = BY_KEY[meaning.before] if meaning.before else None
    after = BY_KEY[meaning.after] if meaning.after else None
    if before and after:
        pairs = product(before.nouns[:nouns], after.nouns[:nouns])
        return [text for old, new in pairs for text in transitions(before, after, old, new)]
    if after:
        return [text for noun in after.nouns[:nouns] for text in appearances(after, noun)]
    assert before is not None
    return [text for noun in before.nouns[:nouns] for text in disappearances(before, noun)]


def random_sentence(meaning: Meaning, chance: random.Random) -> str:
    """One sentence of a meaning for training: the wordings of the bank and many more, none about extent."""
    if meaning.key == "nothing":
        return chance.choice(NOTHING + wordings.NOTHING)
    return _drawn(meaning, chance).any_sentence(chance)


def random_placed_sentence(
    meaning: Meaning, placement: Placement, chance: random.Random
) -> tuple[str, Claim | None]:
    """One sentence of a change that also says something true of its extent or position.

    Args:
        meaning: What to say; not *nothing*.
        placement: Of what happened.
        chance: Draws the wording.

    Returns:
        The sentence and what it claims, None where the placement allows no claim.
    """
    claims = [claim for claim in sorted(placement.claims) if meaning.before or claim not in OF_THE_OLD]
    if not claims:
        return random_sentence(meaning, chance), None
    claim, said = chance.choice(claims), _drawn(meaning, chance)
    if claim in OF_THE_OLD:
        return chance.choice(said.of_extent(claim)), claim
    return placed(said.any_sentence(chance, whole=True), claim, chance), claim


def _drawn(meaning: Meaning, chance: random.Random) -> Said:
    before, after = (BY_KEY[key] if key else None for key in (meaning.before, meaning.after))
    return Said.draw(before, after, chance)


def random_scene_phrase(concept_key: str, chance: random.Random) -> str:
    """One phrase that says that a concept is there, without any change."""
    return scene_phrase(chance.choice(BY_KEY[concept_key].nouns), chance)


def all_meanings() -> list[Meaning]:
    """Every meaning the grammar has: nothing, each coming, each going, each ordered pair."""
    keys = [concept.key for concept in CONCEPTS]
    alone = [Meaning(after=key) for key in keys] + [Meaning(before=key) for key in keys]
    return [Meaning(), *alone, *(Meaning(old, new) for old, new in product(keys, keys) if old != new)]


def bank_lines() -> list[str]:
    """The lines of the caption bank, `text<TAB>meaning`, under a header; every text once.

    What came or went alone is said with two nouns a concept, a transition with the usual noun only: that
    keeps the bank to some thousand sentences.
    """
    lines = {"text": "meaning"}
    for meaning in all_meanings():
        both = meaning.before is not None and meaning.after is not None
        for text in sentences(meaning, nouns=1 if both else 2):
            lines.setdefault(text, meaning.key)
    return [f"{text}\t{meaning}" for text, meaning in lines.items()]
