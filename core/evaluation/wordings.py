"""What the gallery is asked: a sentence for each meaning, and the same in words that no training heard."""

from __future__ import annotations

import random
from collections.abc import Sequence

from changeseek.core.captions.concepts import BY_KEY
from changeseek.core.captions.grammar import Meaning, random_sentence

# None of these is in the grammar of `changeseek.core.captions`.
_UNHEARD = (
    "{old} made room for {new}",
    "what used to be {old} is {new} now",
    "they put {new} on a site of {old}",
    "{new} stand on land that once was {old}",
    "the {old} of the first picture is {new} in the second",
    "loss of {old}, gain of {new}",
)


def heard(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """One sentence of the grammar for each meaning."""
    chance = random.Random(seed)
    return [random_sentence(meaning, chance) for meaning in meanings]


def unheard(meanings: Sequence[Meaning], seed: int) -> list[str]:
    """One sentence for each whole transition, in a wording that the grammar does not have."""
    chance = random.Random(seed)
    return [_unheard(meaning, chance) for meaning in meanings]


def _unheard(meaning: Meaning, chance: random.Random) -> str:
    nouns = {
        "old": BY_KEY[meaning.before or ""].nouns[0].bare,
        "new": BY_KEY[meaning.after or ""].nouns[0].bare,
    }
    return chance.choice(_UNHEARD).format(**nouns)
