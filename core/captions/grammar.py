"""Sentences about a change, written from the concepts: with direction, extent and many wordings.

The caption bank holds all sentences of `sentences`; training draws at random from these and from the many
more of `wordings`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from changeseek.core.captions import wordings
from changeseek.core.captions.concepts import BY_KEY, CONCEPTS, Concept, Noun
from changeseek.core.captions.placement import Claim, Placement

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
    """One sentence of a meaning for training: the wordings of the bank and many more, none about extent."""
    if meaning.key == "nothing":
        return chance.choice(NOTHING + wordings.NOTHING)
    said = _Said.draw(meaning, chance)
    of_bank, more = said.plain_of_bank(), said.templates() + said.short_templates()
    drawn = chance.randrange(len(of_bank) + len(more))
    return of_bank[drawn] if drawn < len(of_bank) else said.fill(more[drawn - len(of_bank)])


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
    claims = sorted(placement.claims)
    said = _Said.draw(meaning, chance)
    if not claims:
        return random_sentence(meaning, chance), None
    claim = chance.choice(claims)
    by_extent = [text for text in said.of_bank() if text.startswith(_EXTENTS.get(claim, "\n"))]
    if by_extent and chance.random() < 0.4:
        return chance.choice(by_extent), claim
    of_bank, more = said.plain_of_bank(), said.templates()
    drawn = chance.randrange(len(of_bank) + len(more))
    plain = of_bank[drawn] if drawn < len(of_bank) else said.fill(more[drawn - len(of_bank)])
    return wordings.placed(plain, claim, chance), claim


_EXTENTS = {Claim.PART: "part of the", Claim.MOST: "most of the"}


@dataclass(frozen=True, slots=True)
class _Said:
    """A meaning with one noun and one participle drawn for each of its concepts."""

    before: Concept | None
    after: Concept | None
    old: Noun | None
    new: Noun | None
    come: str
    go: str

    @classmethod
    def draw(cls, meaning: Meaning, chance: random.Random) -> _Said:
        before = BY_KEY[meaning.before] if meaning.before else None
        after = BY_KEY[meaning.after] if meaning.after else None
        return cls(
            before,
            after,
            chance.choice(before.nouns) if before else None,
            chance.choice(after.nouns) if after else None,
            chance.choice(after.come) if after else "",
            chance.choice(before.go) if before else "",
        )

    def of_bank(self) -> list[str]:
        if self.before and self.old and self.after and self.new:
            return list(_transitions(self.before, self.after, self.old, self.new))
        if self.after and self.new:
            return list(_appearances(self.after, self.new))
        assert self.before and self.old
        return list(_disappearances(self.before, self.old))

    def plain_of_bank(self) -> list[str]:
        """Without those that say how much of it: true only by chance."""
        return [text for text in self.of_bank() if not text.startswith(tuple(_EXTENTS.values()))]

    def templates(self) -> tuple[str, ...]:
        found: tuple[tuple[str, ...], ...]
        unlimited: tuple[str, ...]
        if self.old and self.new:
            found = (wordings.TRANSITION, wordings.TRANSITION_MANY, wordings.TRANSITION_ACTS)
            unlimited = wordings.TRANSITION_UNCOUNTED
        elif self.new:
            found = (wordings.COMING, wordings.COMING_MANY, wordings.COMING_ACTS)
            unlimited = wordings.COMING_UNCOUNTED
        else:
            found = (wordings.GOING, wordings.GOING_MANY, wordings.GOING_ACTS)
            unlimited = wordings.GOING_UNCOUNTED
        always, of_many, by_act = found
        named = self.new or self.old
        assert named
        return (
            always
            + (of_many if named.plural else ())
            + (by_act if self.acts() else ())
            + (() if wordings.counted(named) else unlimited)
        )

    def acts(self) -> tuple[str, ...]:
        return wordings.acts_of(self.come if self.new else self.go)

    def short_templates(self) -> tuple[str, ...]:
        """As people type into a search field."""
        if self.old and self.new:
            return wordings.TRANSITION_SHORT
        if self.new:
            return wordings.COMING_SHORT + (() if " " in self.come else wordings.COMING_ADJECTIVES)
        return wordings.GOING_SHORT + (() if " " in self.go else wordings.GOING_ADJECTIVES)

    def fill(self, template: str) -> str:
        acts = self.acts()
        fields = {"come": self.come, "go": self.go, "act": acts[len(template) % len(acts)] if acts else ""}
        if self.old:
            fields |= wordings.fields_of("old", self.old)
            fields["former"] = wordings.with_adjective("former", self.old)
        if self.new:
            fields |= wordings.fields_of("new", self.new)
            fields["a_new"] = wordings.with_adjective("new", self.new)
        return template.format_map(fields)


_SCENES = (
    "{text}",
    "{text}",
    "there {are} {text}",
    "an aerial image of {text}",
    "a satellite view of {text}",
    "land covered by {text}",
    "a place with {text}",
)


def random_scene_phrase(concept_key: str, chance: random.Random) -> str:
    """One phrase that says that a concept is there, without any change."""
    noun = chance.choice(BY_KEY[concept_key].nouns)
    more = wordings.SCENES_ONE if not noun.plural else ()
    phrase = chance.choice(
        _SCENES + wordings.SCENES + more + (() if wordings.counted(noun) else wordings.SCENES_UNCOUNTED)
    )
    return phrase.format(
        text=noun.text,
        bare=noun.bare,
        are="are" if noun.plural else "is",
        these="these are" if noun.plural else "this is",
        a="an" if noun.bare[0] in "aeiou" else "a",
    )


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
