"""Sentences on which the text tower learns to agree with its teacher.

Three sources, all at hand without a download: the grammar of change; its frames filled with any word of the
vocabulary, so that words which no caption holds keep their place; and prose from the standard library's
documentation, so that ordinary sentences do too.
"""

from __future__ import annotations

import importlib
import inspect
import random
import re
from collections.abc import Sequence

from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.grammar import all_meanings, random_scene_phrase, random_sentence

_FRAMES = (
    "{0}",
    "a {0}",
    "the {0} and the {1}",
    "{0} {1}",
    "{0} built where there was {1}",
    "{0} replaced by {1}",
    "from {0} to {1}",
    "a new {0} near the {1}",
    "the {0} was removed",
    "{0} appeared in the {1}",
    "{0} of {1} with {2}",
    "an aerial image of {0}",
    "{0} {1} {2}",
)
_PROSE_MODULES = ("argparse", "datetime", "decimal", "email", "logging", "os", "pathlib", "random", "shutil",
                  "statistics", "subprocess", "textwrap", "threading", "turtle", "zipfile")  # fmt: skip


def whole_words(vocabulary: Sequence[str]) -> list[str]:
    """Vocabulary entries that are English-looking words, not word pieces or signs."""
    return [word for word in vocabulary if re.fullmatch(r"[a-z]{3,}", word)]


def prose() -> list[str]:
    """First sentences of the standard library's documentation strings."""
    texts: set[str] = set()
    for name in _PROSE_MODULES:
        try:
            module = importlib.import_module(name)
        except ImportError:  # Some of Debian's Pythons come without the turtle's tkinter.
            continue
        for _, member in inspect.getmembers(module):
            texts.update(_sentences_of(inspect.getdoc(member) or ""))
            if inspect.isclass(member):
                for _, method in inspect.getmembers(member, inspect.isroutine):
                    texts.update(_sentences_of(inspect.getdoc(method) or ""))
    return sorted(texts)


def _sentences_of(text: str) -> list[str]:
    found = re.split(r"(?<=[.!?])\s+|\n\n", text.replace("\n", " "))
    return [sentence for sentence in found if 15 < len(sentence) < 160 and " " in sentence]


def about_anything(words: Sequence[str], count: int, seed: int) -> list[str]:
    """`count` sentences that the grammar does not have: up to a fifth prose, else frames with any words."""
    chance, found = random.Random(seed), prose()
    texts = chance.sample(found, min(len(found), count // 5))
    texts += [_framed(words, chance) for _ in range(count - len(texts))]
    chance.shuffle(texts)
    return texts


def corpus(words: Sequence[str], count: int, seed: int) -> list[str]:
    """`count` sentences: up to a fifth prose, half of the rest grammar, half frames with any words."""
    chance = random.Random(seed)
    meanings = all_meanings()
    keys = [concept.key for concept in CONCEPTS]
    found = prose()
    texts = chance.sample(found, min(len(found), count // 5))
    while len(texts) < count:
        draw = chance.random()
        if draw < 0.4:
            texts.append(random_sentence(chance.choice(meanings), chance))
        elif draw < 0.5:
            texts.append(random_scene_phrase(chance.choice(keys), chance))
        else:
            texts.append(_framed(words, chance))
    chance.shuffle(texts)
    return texts


def _framed(words: Sequence[str], chance: random.Random) -> str:
    return chance.choice(_FRAMES).format(*chance.choices(words, k=3))
