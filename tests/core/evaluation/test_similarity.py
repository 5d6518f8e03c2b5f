"""Likeness of sentences to true ones, on sentences whose figures are known."""

from __future__ import annotations

import pytest

from changeseek.core.evaluation.similarity import measure_similarity

TRUE = [["forest was cut down here", "the forest has gone"], ["a new lake has appeared here", "new water"]]


def test_true_sentences_reach_the_most() -> None:
    found = measure_similarity([texts[0] for texts in TRUE], TRUE)
    assert found.bleu == pytest.approx((100.0,) * 4)
    assert found.rouge_l == pytest.approx(1.0)


def test_the_first_bleu_is_the_share_of_words_that_are_true() -> None:
    found = measure_similarity(["Forest was burnt down here", "a new lake has appeared there"], TRUE)
    assert found.bleu[0] == pytest.approx(100 * (4 + 5) / 11)
    assert found.bleu[0] > found.bleu[1] > found.bleu[3]


def test_longer_n_grams_are_harder_to_meet() -> None:
    alike = measure_similarity([texts[0] for texts in TRUE], TRUE)
    other = measure_similarity([texts[0] for texts in reversed(TRUE)], TRUE)
    assert other.rouge_l < alike.rouge_l
    assert other.cider_d < alike.cider_d
