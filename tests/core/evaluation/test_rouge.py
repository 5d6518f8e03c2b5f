"""ROUGE-L against values worked out by hand from Lin 2004."""

from __future__ import annotations

import pytest

from changeseek.core.evaluation.rouge import longest_common, rouge_l


def words(text: str) -> list[str]:
    return text.split()


# The example of Lin 2004, section 3.1.
TRUE = words("police killed the gunman")


@pytest.mark.parametrize(
    ("said", "common"), [("police kill the gunman", 3), ("the gunman kill police", 2), ("nobody", 0), ("", 0)]
)
def test_the_longest_common_subsequence_keeps_the_order(said: str, common: int) -> None:
    assert longest_common(said.split(), TRUE) == common
    assert longest_common(TRUE, said.split()) == common


def test_the_measure_of_sentences_as_long_as_each_other_is_the_share_in_common() -> None:
    # Precision and recall are the same, so the weight between them makes no difference.
    assert rouge_l(words("police kill the gunman"), [TRUE]) == pytest.approx(0.75)
    assert rouge_l(words("the gunman kill police"), [TRUE]) == pytest.approx(0.5)


def test_recall_counts_more_than_precision() -> None:
    # Precision 1, recall 1/2: (1 + 1.44) * 0.5 / (0.5 + 1.44 * 1).
    assert rouge_l(words("police killed"), [TRUE]) == pytest.approx(1.22 / 1.94)


def test_the_best_precision_and_the_best_recall_count_whichever_reference_they_are_of() -> None:
    # "a b c d" holds half of one reference's words in order and all of the other's only word.
    assert rouge_l(words("a b"), [words("a b c d"), words("a")]) == pytest.approx(1.0)
    assert rouge_l(words("a x"), [words("a b c d"), words("a")]) == pytest.approx(
        2.44 * 0.5 * 1.0 / (1.0 + 1.44 * 0.5)
    )


def test_nothing_in_common_is_nothing() -> None:
    assert rouge_l([], [TRUE]) == 0.0
    assert rouge_l(["water"], [TRUE]) == 0.0
