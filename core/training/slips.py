"""Slips of the pen, as people type: a model that met them in training reads past them."""

from __future__ import annotations

import random

# Of all captions in training.
SLIPS = 0.1
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAST_LETTERS = 4


def some_with_slip(sentence: str, share: float, chance: random.Random) -> str:
    """The sentence, with a slip in one word for that share of all sentences."""
    return with_slip(sentence, chance) if chance.random() < share else sentence


def with_slip(sentence: str, chance: random.Random) -> str:
    """One letter of a longer word left out, doubled, swapped with the next one or mistaken.

    A word's first letter stays, and so does a sentence of short words.
    """
    words = sentence.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= _LEAST_LETTERS and word.isalpha()]
    if not long:
        return sentence
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
    )
    words[place] = chance.choice(slips)
    return " ".join(words)
