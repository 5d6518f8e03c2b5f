"""The same change asked for in many ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.grammar import Meaning
from changeseek.core.evaluation.strangers import STRANGERS
from changeseek.core.evaluation.wordings import (
    WORDINGS,
    heard,
    keywords,
    misspelt,
    shouted,
    strange,
    unheard,
)
from changeseek.core.training.scene_phrases import EUROSAT_NAMES, UC_MERCED_NAMES

Say = Callable[[Sequence[Meaning], int], list[str]]
MEANINGS = [Meaning("forest", "houses"), Meaning("lake", "field"), Meaning("road", "lake")]


@pytest.mark.parametrize("say", [unheard, strange])
def test_wordings_never_heard_are_not_in_the_grammar(say: Say) -> None:
    assert set(say(MEANINGS * 20, 0)).isdisjoint(heard(MEANINGS * 1000, 0))


def test_strange_nouns_stand_for_all_concepts_and_are_no_names_that_training_hears() -> None:
    assert set(STRANGERS) == {concept.key for concept in CONCEPTS}
    known = {noun.bare for concept in CONCEPTS for noun in concept.nouns}
    known |= {
        name for names in (UC_MERCED_NAMES, EUROSAT_NAMES) for known in names.values() for name in known
    }
    assert known.isdisjoint(STRANGERS.values())


def test_keywords_tell_first_what_went() -> None:
    assert keywords(MEANINGS, 0)[:2] == ["forest houses", "lake fields"]


def test_one_slip_of_the_pen_a_sentence() -> None:
    for right, wrong in zip(heard(MEANINGS * 50, 7), misspelt(MEANINGS * 50, 7), strict=True):
        words = list(zip(right.split(), wrong.split(), strict=True))
        changed = [(one, other) for one, other in words if one != other]
        assert len(changed) <= 1  # none where a doubled letter changes place with its like
        assert all(abs(len(one) - len(other)) <= 1 for one, other in changed)


def test_shouting_keeps_the_words() -> None:
    assert [text.lower().rstrip(".") for text in shouted(MEANINGS, 3)] == heard(MEANINGS, 3)
    assert all(re.fullmatch(r"[^a-z]+\.", text) for text in shouted(MEANINGS, 3))


def test_half_of_a_change_is_asked_for_once() -> None:
    asked = WORDINGS["what came alone (“new houses”)"]([*MEANINGS, Meaning("grass", "lake")], 0)
    assert asked.meanings == [Meaning(after=key) for key in ("houses", "field", "lake")]
    assert asked.sentences == heard(asked.meanings, 0)


@pytest.mark.parametrize("name", WORDINGS)
def test_every_way_of_asking_repeats_itself_by_the_seed(name: str) -> None:
    assert WORDINGS[name](MEANINGS, 4) == WORDINGS[name](MEANINGS, 4)
