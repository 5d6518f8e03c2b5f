"""What the gallery is asked: a sentence for each meaning, and the same as other people would type it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from changeseek.core.captions.concepts import BY_KEY
from changeseek.core.captions.grammar import Meaning, random_sentence
from changeseek.core.evaluation.strangers import STRANGERS, UNHEARD

_LEAST_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Sentences, and what each asks for; both have the same length."""

    sentences: Sequence[str]
    meanings: Sequence[Meaning]


def heard(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """One sentence of the grammar for each meaning."""
    chance = random.Random(seed)
    return [random_sentence(meaning, chance) for meaning in meanings]


def unheard(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """One sentence for each whole transition, in a wording that the grammar does not have."""
    usual = {key: concept.nouns[0].bare for key, concept in BY_KEY.items()}
    return _filled(meanings, usual, seed)


def strange(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """As `unheard`, with nouns as well that the grammar does not have."""
    return _filled(meanings, STRANGERS, seed)


def misspelt(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """Sentences of the grammar with one slip in one of the longer words of each."""
    chance = random.Random(seed)
    return [_with_slip(sentence, chance) for sentence in heard(meanings, seed)]


def shouted(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """Sentences of the grammar in capitals, with a full stop."""
    return [f"{sentence.upper()}." for sentence in heard(meanings, seed)]


def keywords(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """The two usual nouns of each whole transition, first what went: "forest houses"."""
    return [" ".join(BY_KEY[key].nouns[0].bare for key in _sides(meaning)) for meaning in meanings]


def _arrivals(meanings: Sequence[Meaning], seed: int) -> Asked:
    return _halves([Meaning(after=meaning.after) for meaning in meanings], seed)


def _departures(meanings: Sequence[Meaning], seed: int) -> Asked:
    return _halves([Meaning(before=meaning.before) for meaning in meanings], seed)


def _halves(meanings: Sequence[Meaning], seed: int) -> Asked:
    distinct = list(dict.fromkeys(meanings))
    return Asked(heard(distinct, seed), distinct)


def _wholes(
    say: Callable[[Sequence[Meaning], int], list[str]],
) -> Callable[[Sequence[Meaning], int], Asked]:
    return lambda meanings, seed: Asked(say(meanings, seed), meanings)


WORDINGS: dict[str, Callable[[Sequence[Meaning], int], Asked]] = {
    "sentences of the grammar": _wholes(heard),
    "in capitals with a full stop": _wholes(shouted),
    "with a slip of the pen": _wholes(misspelt),
    "two keywords (“forest houses”)": _wholes(keywords),
    "wordings never heard": _wholes(unheard),
    "wordings and nouns never heard": _wholes(strange),
    "what came alone (“new houses”)": _arrivals,
    "what went alone (“forest cleared”)": _departures,
}


def _filled(meanings: Sequence[Meaning], nouns: dict[str, str], seed: int) -> list[str]:
    chance = random.Random(seed)
    return [
        chance.choice(UNHEARD).format(
            **{part: nouns[key] for part, key in zip(("old", "new"), _sides(meaning), strict=True)}
        )
        for meaning in meanings
    ]


def _sides(meaning: Meaning) -> tuple[str, str]:
    """Keys of what went and what came in a whole transition."""
    assert meaning.before is not None and meaning.after is not None
    return meaning.before, meaning.after


def _with_slip(sentence: str, chance: random.Random) -> str:
    """One word with a letter left out, doubled or changed for the next one, as typing fast does."""
    words = sentence.split()
    long = [place for place, word in enumerate(words) if len(word) >= _LEAST_LETTERS]
    place = chance.choice(long or range(len(words)))
    word = words[place]
    at = chance.randrange(1, len(word) - 1) if len(word) > 2 else 0
    slips = (
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    )
    return " ".join([*words[:place], chance.choice(slips), *words[place + 1 :]])
