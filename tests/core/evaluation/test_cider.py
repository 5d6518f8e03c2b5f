"""CIDEr-D against values worked out by hand from Vedantam et al. 2015."""

from __future__ import annotations

import math

import pytest

from changeseek.core.evaluation.cider import cider_d


def words(text: str) -> list[str]:
    return text.split()


SHORT = [words("new houses")]
LAKE = [words("a lake dried up")]


def test_a_sentence_that_is_its_reference_reaches_ten() -> None:
    assert cider_d([words("a lake dried up"), words("new tall grey houses")],
                   [LAKE, [words("new tall grey houses")]]) == pytest.approx(10.0)  # fmt: skip


def test_n_grams_that_are_longer_than_the_sentence_add_nothing() -> None:
    # Two words have no n-grams of 3 and 4 words: half of the four lengths agree.
    assert cider_d([words("new houses"), words("a lake dried up")], [SHORT, LAKE]) == pytest.approx(
        (5.0 + 10.0) / 2
    )


def test_words_that_all_references_hold_weigh_nothing() -> None:
    references = [[words("the houses")], [words("the lake")]]
    assert cider_d([["the"], ["the"]], references) == 0.0


def test_rare_words_weigh_by_their_inverse_document_frequency() -> None:
    # Of three documents "new" is in two, "houses" and "lake" in one each: weights ln 3/2, ln 3, ln 3.
    references = [SHORT, [words("new lake")], [words("old trees here now")]]
    said = [words("new lake"), words("new lake"), words("old trees here now")]
    new, rare = math.log(3 / 2), math.log(3)
    one_word = new**2 / (new**2 + rare**2)
    first = 10 * one_word / 4  # the pairs of words differ
    assert cider_d(said, references) == pytest.approx((first + 5.0 + 10.0) / 3)


def test_another_length_is_punished_and_repetition_does_not_pay() -> None:
    # One word three times over: its count is clipped to the reference's, its own norm is not.
    references = [[["houses"]], LAKE]
    said = [["houses"] * 3, LAKE[0]]
    first = 10 * math.exp(-(2**2) / (2 * 6**2)) * (1 * 1) / (3 * 1) / 4
    assert cider_d(said, references) == pytest.approx((first + 10.0) / 2)


def test_references_count_in_the_mean() -> None:
    references = [[words("new houses"), words("old trees")], LAKE]
    assert cider_d([words("new houses"), LAKE[0]], references) == pytest.approx((2.5 + 10.0) / 2)
