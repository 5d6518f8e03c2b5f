"""Texts with arrows."""

from __future__ import annotations

import pytest

from changeseek.plugin.panel.search.headline import MoreLike, title_of
from changeseek.plugin.panel.search.question import Question, is_transition, split_last_part


@pytest.mark.parametrize("text", ["forest -> houses", "forest→houses", "-> houses"])
def test_an_arrow_makes_a_transition(text: str) -> None:
    assert is_transition(text)


def test_a_dash_makes_none() -> None:
    assert not is_transition("two-storey houses > sheds")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hou", ("", "hou")),
        ("forest -> hou", ("forest -> ", "hou")),
        ("forest ->", ("forest -> ", "")),
        ("forest→hou", ("forest→ ", "hou")),
    ],
)
def test_what_stands_behind_the_last_arrow_is_completed(text: str, parts: tuple[str, str]) -> None:
    assert split_last_part(text) == parts


def test_the_title_says_all_that_was_asked() -> None:
    assert title_of(Question("a lake", "after", 10, "snow")) == "“a lake”, after, without “snow”"
    assert title_of(Question("houses built", "change", 10)) == "“houses built”"
    assert title_of(MoreLike("r001c002")) == "Tiles like r001c002"


def test_the_mode_is_no_part_of_a_transition() -> None:
    assert title_of(Question("forest -> houses", "before", 10)) == "“forest -> houses”"
