"""Several queries in one text."""

from __future__ import annotations

import pytest

from changeseek.plugin.processing.queries import complaint, lines_of


def test_a_line_is_a_query_and_empty_lines_count_for_nothing() -> None:
    assert lines_of("houses built\n\n  forest -> houses \n\t\n") == ["houses built", "forest -> houses"]


def test_the_same_query_is_asked_once() -> None:
    assert lines_of("a lake\na lake") == ["a lake"]


@pytest.mark.parametrize("query", ["houses built", "forest -> houses", "forest → houses", ""])
def test_finds_no_fault_with_whole_queries(query: str) -> None:
    assert complaint(query) == ""


@pytest.mark.parametrize("query", ["forest ->", "-> houses", "→", "a -> b -> c"])
def test_half_a_transition_is_told_with_an_example(query: str) -> None:
    assert query in complaint(query)
    assert "forest -> houses" in complaint(query)
