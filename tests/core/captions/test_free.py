"""Captions in free words are compared without case and punctuation; "nothing" is known in many words."""

from __future__ import annotations

import pytest

from changeseek.core.captions.free import normalised, says_nothing


def test_case_punctuation_and_spaces_do_not_count() -> None:
    assert normalised(" Some  houses are built .") == normalised("some houses are built")
    assert normalised("houses built") != normalised("houses are built")


@pytest.mark.parametrize(
    "caption", ["the scene is the same as before ", "No changes to mention.", "no change"]
)
def test_what_annotators_write_of_unchanged_pairs_is_known(caption: str) -> None:
    assert says_nothing(caption)


def test_a_change_is_not_nothing() -> None:
    assert not says_nothing("no houses are left")
