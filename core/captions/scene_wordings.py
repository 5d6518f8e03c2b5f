"""Wordings that say what lies on the ground, without any change."""

from __future__ import annotations

import random

from changeseek.core.captions.concepts import Noun
from changeseek.core.captions.wordings import counted

_ANY = (
    "{text}",
    "{text}",
    "there {are} {text}",
    "an aerial image of {text}",
    "a satellite view of {text}",
    "land covered by {text}",
    "a place with {text}",
    "an area with {text}",
    "mostly {text}",
    "{text} in the image",
    "{text} can be seen",
    "{text} seen from above",
    "{text} on the ground",
    "{these} {text}",
    "a tile of {text}",
    "a tile with {text}",
    "an image that shows {text}",
    "an aerial photo of {text}",
    "an orthophoto of {text}",
    "a remote sensing image of {text}",
    "a top view of {text}",
    "dominated by {text}",
    "land with {text}",
    "the ground shows {text}",
    "here {are} {text}",
)
_ONE = ("a scene of {text}", "{a} {bare} scene")
_UNCOUNTED = ("some {bare}", "a lot of {bare}", "nothing but {bare}", "{bare} all over")


def scene_phrase(noun: Noun, chance: random.Random) -> str:
    """One phrase that says that a thing is there."""
    templates = _ANY + (() if noun.plural else _ONE) + (() if counted(noun) else _UNCOUNTED)
    return chance.choice(templates).format(
        text=noun.text,
        bare=noun.bare,
        are="are" if noun.plural else "is",
        these="these are" if noun.plural else "this is",
        a="an" if noun.bare[0] in "aeiou" else "a",
    )
