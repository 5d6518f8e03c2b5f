"""Sentences about a change, written from the concepts: with direction, extent and many wordings.

Training draws one sentence at random for a meaning; the caption bank holds all of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from changeseek.core.captions.concepts import BY_KEY, CONCEPTS, Concept, Noun

NOTHING = (
    "nothing has changed",
    "no change",
    "nothing happened here",
    "there is no difference between the two dates",
    "the scene is the same as before",
    "the two scenes seem identical",
    "almost nothing has changed",
    "no change has occurred",
    "everything looks the same as before",
    "unchanged land",
)


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


def _appearances(concept: Concept, noun: Noun) -> Iterator[str]:
    yield f"new {noun.bare}"
    yield f"{noun.text} appeared"
    for participle in concept.come:
        yield f"{noun.text} {noun.be} {participle}"
        yield f"{noun.text} {noun.have} been {participle}"
        yield f"{noun.text} {participle}"
    for predicate in concept.come_alone:
        yield f"{noun.text} {predicate}"
    if noun.plural:
        yield f"a few {noun.text} appeared"
        yield f"many {noun.text} {noun.be} {concept.come[0]}"


def _disappearances(concept: Concept, noun: Noun) -> Iterator[str]:
    yield f"{noun.text} disappeared"
    yield f"the {noun.bare} {noun.have} gone"
    for participle in concept.go:
        yield f"{noun.text} {noun.be} {participle}"
        yield f"{noun.text} {noun.have} been {participle}"
        yield f"{noun.text} {participle}"
    for predicate in concept.go_alone:
        yield f"{noun.text} {predicate}"
        yield f"the {noun.bare} {predicate}"
    yield f"most of the {noun.bare} {noun.be} {concept.go[0]}"
    yield f"part of the {noun.bare} {noun.be} {concept.go[0]}"


def _transitions(before: Concept, after: Concept, old: Noun, new: Noun) -> Iterator[str]:
    come, go = after.come[0], before.go[0]
    yield f"{new.text} {come} where there {old.be} {old.text}"
    yield f"{old.text} replaced by {new.text}"
    yield f"{new.text} {new.be} {come} on {old.bare}"
    yield f"{new.text} instead of {old.text}"
    yield f"{old.text} turned into {new.text}"
    yield f"{old.text} {old.be} {go} for {new.text}"
    yield f"{new.text} took the place of {old.text}"
    yield f"the {old.bare} gave way to {new.text}"
    yield f"from {old.text} to {new.text}"
    yield f"where {old.text} stood there {new.have} come {new.text}"
    yield f"part of the {old.bare} was replaced by {new.text}"
    yield f"most of the {old.bare} became {new.bare}"
    if new.plural:
        yield f"many {new.text} {come} on former {old.bare}"
        yield f"a few {new.text} {come} in the {old.bare}"


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
        return [text for old, new in pairs for text in _transitions(before, after, old, new)]
    if after:
        return [text for noun in after.nouns[:nouns] for text in _appearances(after, noun)]
    assert before is not None
    return [text for noun in before.nouns[:nouns] for text in _disappearances(before, noun)]


def random_sentence(meaning: Meaning, chance: random.Random) -> str:
    """One sentence of a meaning, every noun and wording equally likely."""
    return chance.choice(sentences(meaning))


_SCENES = (
    "{0}",
    "{0}",
    "there is {0}",
    "an aerial image of {0}",
    "a satellite view of {0}",
    "land covered by {0}",
    "a place with {0}",
)


def random_scene_phrase(concept_key: str, chance: random.Random) -> str:
    """One phrase that says that a concept is there, without any change."""
    noun = chance.choice(BY_KEY[concept_key].nouns)
    text = chance.choice((noun.text, noun.bare))
    phrase = chance.choice(_SCENES).format(text)
    return phrase.replace("there is", "there are") if noun.plural else phrase


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
