"""The words of the project for completion and examples: what people can type and expect to be understood."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.grammar import Meaning, sentences

# Of the many ways to say that one thing took the place of another.
_WORDINGS_OF_A_TRANSITION = 2
_NOUNS = 2


def phrases() -> tuple[str, ...]:
    """Sentences about a change, each once; first what comes or goes, in the order of the concepts."""
    return tuple(dict.fromkeys(_phrases()))


def scene_names() -> tuple[str, ...]:
    """What can lie on the ground: the usual names of all concepts first, then their other names."""
    usual = [concept.nouns[0].text for concept in CONCEPTS]
    others = [noun.text for concept in CONCEPTS for noun in concept.nouns[1:]]
    return tuple(dict.fromkeys(usual + others))


def _phrases() -> Iterator[str]:
    for concept in CONCEPTS:
        yield from sentences(Meaning(after=concept.key), nouns=_NOUNS)
        yield from sentences(Meaning(before=concept.key), nouns=_NOUNS)
    places = range(len(CONCEPTS))
    # The list begins with what changes most often; so do the pairs of its first members.
    for old, new in sorted(product(places, places), key=max):
        if old != new:
            meaning = Meaning(CONCEPTS[old].key, CONCEPTS[new].key)
            yield from sentences(meaning, nouns=1)[:_WORDINGS_OF_A_TRANSITION]
