"""The wordings of training are many, agree with their nouns, and leave some wordings unheard."""

from __future__ import annotations

import random
import re
from itertools import product

import pytest

from changeseek.core.captions.concepts import CONCEPTS, Noun
from changeseek.core.captions.grammar import (
    Meaning,
    all_meanings,
    random_scene_phrase,
    random_sentence,
    sentences,
)
from changeseek.core.captions.wordings import with_adjective
from changeseek.core.evaluation.wordings import unheard

TRANSITIONS = [meaning for meaning in all_meanings() if meaning.before and meaning.after]
# Of the wordings that evaluation keeps for itself.
KEPT_BACK = ("made room", "used to be", "they put", "once was", "first picture", "gain of")


def drawn(meaning: Meaning, count: int = 1500) -> set[str]:
    chance = random.Random(1)
    return {random_sentence(meaning, chance) for _ in range(count)}


@pytest.mark.parametrize("key", ["-> houses", "forest ->", "forest -> houses", "lake -> road", "nothing"])
def test_training_hears_more_than_the_caption_bank_holds(key: str) -> None:
    meaning = Meaning.parse(key)
    own = set(sentences(meaning))
    assert len(drawn(meaning, 5000) - own) > len(own)


def test_direction_stands_in_the_words_of_training_too() -> None:
    for before, after in (("forest", "houses"), ("lake", "road"), ("field", "buildings")):
        assert not drawn(Meaning(before, after)) & drawn(Meaning(after, before))
        assert not drawn(Meaning(after=before)) & drawn(Meaning(before=before))


def test_no_sentence_of_training_is_one_that_evaluation_keeps_back() -> None:
    chance = random.Random(2)
    kept = {text for seed in range(40) for text in unheard(TRANSITIONS, seed)}
    assert len(kept) > 5 * len(TRANSITIONS)
    for meaning, _ in product(all_meanings(), range(15)):
        text = random_sentence(meaning, chance)
        assert text not in kept
        assert not any(words in text for words in KEPT_BACK)


def test_without_a_known_place_no_sentence_says_how_much() -> None:
    for text in drawn(Meaning("forest", "houses")) | drawn(Meaning(before="forest")):
        assert not text.startswith(("part of", "most of"))


def test_every_template_finds_its_fields_for_every_noun() -> None:
    chance = random.Random(3)
    for meaning, _ in product(all_meanings(), range(20)):
        text = random_sentence(meaning, chance)
        assert "{" not in text and "  " not in text and text == text.strip()


def test_verbs_and_articles_agree() -> None:
    plural = {noun.text for concept in CONCEPTS for noun in concept.nouns if noun.plural}
    wrong = re.compile(rf"\b({'|'.join(plural)}) (was|is|has|replaces|gives|covers)\b")
    texts = {text for key in ("houses", "harbour", "field") for text in drawn(Meaning("lake", key))}
    assert not [text for text in texts if wrong.search(text)]
    assert any("houses replace " in text for text in texts)
    phrases = {
        random_scene_phrase(key, random.Random(seed)) for key in ("orchard", "field") for seed in range(400)
    }
    assert "an orchard scene" in phrases
    assert not {
        text for text in phrases if re.search(r"\b(a a|a an|a orchard|this is fields|is crops)\b", text)
    }


def test_an_adjective_keeps_the_article() -> None:
    assert with_adjective("new", Noun("a road")) == "a new road"
    assert with_adjective("former", Noun("an orchard")) == "a former orchard"
    assert with_adjective("former", Noun("fields", plural=True)) == "former fields"
