from __future__ import annotations

from typing import cast

import pytest

from changeseek.core.errors import QueryError
from changeseek.core.index.query import (
    Mode,
    SearchRequest,
    TextQuery,
    TransitionQuery,
    parse_query,
    parse_request,
)


def test_a_text_is_compared_with_what_the_mode_says() -> None:
    assert parse_query("a  lake ", "after") == TextQuery("a lake", "after")


@pytest.mark.parametrize("text", ["forest -> houses", "forest->houses", " forest → houses "])
def test_an_arrow_makes_a_transition(text: str) -> None:
    assert parse_query(text, "change") == TransitionQuery("forest", "houses")


def test_the_unwanted_text_is_read_like_the_query() -> None:
    query, unwanted = parse_request(SearchRequest("a lake", "after", without="a -> b"))
    assert query == TextQuery("a lake", "after")
    assert unwanted == TransitionQuery("a", "b")
    assert parse_request(SearchRequest("a lake", without=" "))[1] is None


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "empty"), ("  ", "empty"), ("-> b", "transition"), ("a ->", "tran"), ("a \udcff", "no character")],
)
def test_half_a_query_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse_query(text, "change")


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(QueryError, match="no mode sideways"):
        parse_request(SearchRequest("a lake", cast(Mode, "sideways")))
