from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changeseek.core.engine.dispatch import HANDLERS
from changeseek.core.engine.failures import BadParametersError
from changeseek.core.engine.messages import REQUESTS, Request, Search, Shutdown, from_json, to_json
from changeseek.core.engine.parameters import read_request
from changeseek.core.engine.protocol import Answer, decode, encode
from changeseek.core.errors import BadInputError

# A busy machine may take long to draw one.
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLAIN = {
    str: st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    int: st.integers(1 - 2**63, 2**63 - 1),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    NoneType: st.none(),
    Any: st.integers() | st.text(max_size=3),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything that fits a field's type."""
    arguments = get_args(hint)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: values(hints[field.name]) for field in fields(hint)})  # type: ignore[arg-type]
    if get_origin(hint) is UnionType:
        return st.one_of(*map(values, arguments))
    if get_origin(hint) is dict:
        return st.dictionaries(PLAIN[str], values(arguments[1]), max_size=2)
    if get_origin(hint) is tuple and arguments[-1] is ...:
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(values, arguments))
    return PLAIN[hint]


def travelled(message: Any) -> Any:
    line = encode(Answer(1, to_json(message)))
    answer = decode(line)
    assert isinstance(answer, Answer)
    return from_json(type(message), answer.result)


@pytest.mark.parametrize("kind", REQUESTS.values(), ids=REQUESTS)
@SLOWLY
@given(data=st.data())
def test_requests_come_back_as_they_went(kind: type[Request[Any]], data: st.DataObject) -> None:
    request = data.draw(values(kind))
    assert travelled(request) == request


@pytest.mark.parametrize("kind", REQUESTS.values(), ids=REQUESTS)
@SLOWLY
@given(data=st.data())
def test_answers_come_back_as_they_went(kind: type[Request[Any]], data: st.DataObject) -> None:
    answer = data.draw(values(kind.answer))
    assert travelled(answer) == answer


@pytest.mark.parametrize("kind", REQUESTS.values(), ids=REQUESTS)
@SLOWLY
@given(data=st.data())
def test_whatever_fits_a_request_is_read(kind: type[Request[Any]], data: st.DataObject) -> None:
    request = data.draw(values(kind))
    assert read_request(kind, to_json(request)) == request


def test_every_request_has_a_handler() -> None:
    assert set(HANDLERS) == set(REQUESTS.values()) - {Shutdown}


@pytest.mark.parametrize(
    "params",
    [
        {"index": "a.csx", "text": "a lake", "colour": "blue"},
        {"index": "a.csx"},
        {"index": "a.csx", "text": "a lake", "k": "many"},
        {"index": "a.csx", "text": "a lake", "k": 1.5},
        {"index": "a.csx", "text": "a lake", "k": True},
        {"index": "a.csx", "text": "a lake", "k": 2**63},
        {"index": "a.csx", "text": None},
        {"index": "a.csx", "text": ["a lake"]},
    ],
    ids=str,
)
def test_what_does_not_fit_a_request_is_refused(params: dict[str, Any]) -> None:
    with pytest.raises(BadParametersError, match="'search'"):
        read_request(Search, params)


def test_depth_without_end_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(BadParametersError, match="recursion"):
        read_request(Search, {"index": "a.csx", "text": deep})


@pytest.mark.parametrize("text", ["a\0lake", "a lake \ud800"])
def test_a_text_of_what_is_no_character_is_bad_input(text: str) -> None:
    with pytest.raises(BadInputError, match="text holds what is no character"):
        read_request(Search, {"index": "a.csx", "text": text})
    with pytest.raises(BadInputError, match="tile_ids holds"):
        read_request(REQUESTS["caption"], {"index": "a.csx", "tile_ids": ["r000c000", text]})


@pytest.mark.parametrize("gsd", [float("nan"), float("inf"), 10**400, True])
def test_what_is_no_finite_number_is_refused(gsd: float) -> None:
    with pytest.raises(BadParametersError, match="gsd"):
        read_request(REQUESTS["plan"], {"before": "a", "after": "b", "gsd": gsd})


@pytest.mark.parametrize("extent", [[1, 2, 3], [1, 2, 3, "4"], 5, [1, 2, 3, 4, 5]])
def test_an_extent_has_four_numbers(extent: Any) -> None:
    with pytest.raises(BadParametersError, match="extent"):
        read_request(REQUESTS["plan"], {"before": "a", "after": "b", "extent": extent})
