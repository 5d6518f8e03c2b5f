from __future__ import annotations

from changeseek.core.captions.bank import read_bank
from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.vocabulary import phrases, scene_names


def test_what_comes_and_goes_stands_before_what_replaces_what() -> None:
    words = phrases()
    assert words.index("houses were built") < words.index("a lake was drained")
    assert words.index("a golf course was laid out") < words.index("houses built where there was forest")


def test_every_phrase_is_one_that_captions_use_too() -> None:
    assert set(phrases()) <= set(read_bank().texts)
    assert len(set(phrases())) == len(phrases())


def test_the_usual_names_come_first() -> None:
    names = scene_names()
    assert list(names[:3]) == [concept.nouns[0].text for concept in CONCEPTS[:3]]
    assert {noun.text for concept in CONCEPTS for noun in concept.nouns} == set(names)
