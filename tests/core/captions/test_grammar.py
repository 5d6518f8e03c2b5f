"""The grammar says what it means, both ways round, and the shipped bank is written from it."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.captions.bank import OWN_BANK
from changeseek.core.captions.concepts import CONCEPTS
from changeseek.core.captions.grammar import (
    Meaning,
    all_meanings,
    bank_lines,
    random_scene_phrase,
    random_sentence,
    sentences,
)

MEANINGS = st.sampled_from(all_meanings())


@given(MEANINGS)
def test_a_meaning_survives_its_text_form(meaning: Meaning) -> None:
    assert Meaning.parse(meaning.key) == meaning


@given(MEANINGS)
def test_reversing_twice_changes_nothing(meaning: Meaning) -> None:
    assert meaning.reversed().reversed() == meaning


@given(MEANINGS, st.integers(0, 99))
def test_a_sentence_of_a_full_transition_names_both_of_its_concepts(meaning: Meaning, seed: int) -> None:
    text = random_sentence(meaning, random.Random(seed))
    for key in (meaning.before, meaning.after):
        nouns = next((concept.nouns for concept in CONCEPTS if concept.key == key), None)
        assert nouns is None or any(noun.bare in text for noun in nouns)


def test_a_sentence_agrees_with_what_happened_unless_it_names_something_else() -> None:
    truth = Meaning("forest", "houses")
    for true in (truth, Meaning(after="houses"), Meaning(before="forest")):
        assert true.agrees_with(truth)
    for false in (truth.reversed(), Meaning("field", "houses"), Meaning(before="houses"), Meaning()):
        assert not false.agrees_with(truth)


def test_nothing_agrees_only_with_nothing() -> None:
    assert Meaning().agrees_with(Meaning())
    assert not Meaning().agrees_with(Meaning("forest", "houses"))


def test_direction_stands_in_the_words() -> None:
    forth, back = (set(sentences(Meaning(*keys))) for keys in (("forest", "houses"), ("houses", "forest")))
    assert not forth & back


def test_verbs_agree_with_their_nouns() -> None:
    assert "houses were built" in sentences(Meaning(after="houses"))
    assert "a road was built" in sentences(Meaning(after="road"))


def test_a_scene_phrase_agrees_too() -> None:
    phrases = {random_scene_phrase("houses", random.Random(seed)) for seed in range(300)}
    assert "there are houses" in phrases
    assert "there is houses" not in phrases


def test_the_shipped_bank_is_the_one_the_grammar_writes() -> None:
    assert OWN_BANK.read_text(encoding="utf-8").splitlines() == bank_lines()


def test_the_bank_has_thousands_of_sentences_and_an_honest_nothing() -> None:
    lines = bank_lines()[1:]
    assert len(lines) > 3000
    assert len({line.split("\t")[0] for line in lines}) == len(lines)
    assert "nothing has changed\tnothing" in lines
