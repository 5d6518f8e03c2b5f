"""Each pair gets a caption that is true of it, at times with the place of what happened."""

from __future__ import annotations

import random

import torch

from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Placement
from changeseek.core.training.samples import COLUMN, CONCEPT_KEYS, Told
from changeseek.core.training.texts import both_orders, concept_phrases, phrase_targets, restated, tell

CLEARED = Meaning("forest", "houses")


def test_every_caption_agrees_with_its_pair() -> None:
    truths = [(CLEARED,), (Meaning(),), (CLEARED, Meaning("field", "road"))] * 50
    said = tell([Told(pair) for pair in truths], random.Random(0))
    for meaning, pair in zip(said.meanings, truths, strict=True):
        assert meaning is not None and any(meaning.agrees_with(truth) for truth in pair)
    assert not any(said.claims)


def test_about_half_of_the_captions_tell_of_a_known_place_and_truly() -> None:
    place = Placement(0.1, 0.2)
    told = [Told((CLEARED,), place)] * 400 + [Told((Meaning(),))] * 100
    said = tell(told, random.Random(0))
    claims = [claim for claim in said.claims if claim is not None]
    assert 150 < len(claims) < 250
    assert set(claims) == place.claims
    assert not any(said.claims[400:])


def test_said_again_a_caption_means_the_same_without_its_place_and_free_words_stay() -> None:
    told = [Told((CLEARED,), Placement(0.1, 0.2))] * 20 + [Told((), captions=("a road appears",))]
    said = tell(told, random.Random(0))
    again = restated(said, random.Random(1))
    assert again.meanings == said.meanings
    assert again.sentences[:20] != said.sentences[:20]
    assert again.sentences[20] == "a road appears"
    assert not any(again.claims)


def test_each_concept_is_named_once() -> None:
    phrases = concept_phrases(random.Random(0))

    assert len(phrases) == len(CONCEPT_KEYS)
    for phrase, concept in zip(phrases, CONCEPTS, strict=True):
        assert any(noun.bare in phrase for noun in concept.nouns)


def test_people_s_own_captions_are_said_each_at_times() -> None:
    told = Told((), captions=("houses are built", "a road appears"))
    said = tell([told] * 50, random.Random(0))
    assert set(said.sentences) == set(told.captions)
    assert set(said.meanings) == {None}


def test_a_caption_that_says_nothing_changed_has_that_meaning() -> None:
    still, changed = (
        Told((Meaning(),), captions=("all as ever",)),
        Told((), captions=("no changes to mention .",)),
    )
    assert tell([still, changed], random.Random(0)).meanings == [Meaning(), Meaning()]


def test_only_pairs_whose_reverse_is_known_are_swapped() -> None:
    told = [
        Told((CLEARED,)),
        Told((), captions=("a road appears",)),
        Told((Meaning(),), captions=("the same",)),
    ]
    both, swapped = both_orders(told)
    assert both[:3] == told
    assert swapped == [0, 2]
    assert both[3].truths == (Meaning("houses", "forest"),)
    assert both[4] == told[2]


def test_what_free_words_name_is_unknown() -> None:
    concepts = torch.eye(len(CONCEPT_KEYS))
    targets = phrase_targets([Meaning(after="houses"), None], concepts)
    assert targets[0, 1].argmax() == COLUMN["houses"]
    assert not targets[0, 0].any()
    assert targets[1].isnan().all()
