"""The sentences of the caption bank, for one choice of nouns: good enough to be shown to a user."""

from __future__ import annotations

from collections.abc import Iterator

from changeseek.core.captions.concepts import Concept, Noun

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


def appearances(concept: Concept, noun: Noun) -> Iterator[str]:
    """That something came."""
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


def disappearances(concept: Concept, noun: Noun) -> Iterator[str]:
    """That something went."""
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


def transitions(before: Concept, after: Concept, old: Noun, new: Noun) -> Iterator[str]:
    """That one thing became another."""
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
