"""Each pair gets a caption that is true of it, at times with the place of what happened."""

from __future__ import annotations

import random

from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Placement
from changeseek.core.training.samples import CONCEPT_KEYS
from changeseek.core.training.texts import captions_of, concept_phrases

CLEARED = Meaning("forest", "houses")


def test_every_caption_agrees_with_its_pair() -> None:
    truths = [(CLEARED,), (Meaning(),), (CLEARED, Meaning("field", "road"))] * 50
    said = captions_of(truths, random.Random(0))
    for meaning, pair in zip(said.meanings, truths, strict=True):
        assert any(meaning.agrees_with(truth) for truth in pair)
    assert not any(said.claims)


def test_about_half_of_the_captions_tell_of_a_known_place_and_truly() -> None:
    place = Placement(0.1, 0.2)
    said = captions_of(
        [(CLEARED,)] * 400 + [(Meaning(),)] * 100, random.Random(0), [place] * 400 + [None] * 100
    )
    claims = [claim for claim in said.claims if claim is not None]
    assert 150 < len(claims) < 250
    assert set(claims) == place.claims
    assert not any(said.claims[400:])


def test_each_concept_is_named_once() -> None:
    phrases = concept_phrases(random.Random(0))

    assert len(phrases) == len(CONCEPT_KEYS)
    for phrase, concept in zip(phrases, CONCEPTS, strict=True):
        assert any(noun.bare in phrase for noun in concept.nouns)
