"""Slips are small: one letter of one longer word."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.training.slips import some_with_slip, with_slip


@given(st.integers(0, 10_000))
def test_a_slip_changes_at_most_one_word_by_a_letter_and_keeps_its_first(seed: int) -> None:
    sentence = "a forest was cut down for new houses"
    words = with_slip(sentence, random.Random(seed)).split(" ")
    changed = [(was, now) for was, now in zip(sentence.split(" "), words, strict=True) if was != now]
    assert len(changed) <= 1
    for was, now in changed:
        assert len(was) >= 4
        assert was[0] == now[0]
        assert abs(len(was) - len(now)) <= 1


def test_short_words_and_signs_stay() -> None:
    assert with_slip("a -> b", random.Random(0)) == "a -> b"


def test_only_the_wanted_share_has_a_slip() -> None:
    chance = random.Random(1)
    told = [some_with_slip("houses were built", 0.1, chance) for _ in range(1000)]
    assert 50 < sum(text != "houses were built" for text in told) < 150
    assert some_with_slip("houses were built", 0.0, chance) == "houses were built"
