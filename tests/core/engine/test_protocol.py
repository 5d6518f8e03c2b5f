from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changeseek.core.engine.protocol import (
    NOT_A_REQUEST,
    NOT_JSON,
    Answer,
    Call,
    Failure,
    Message,
    NotAMessageError,
    decode,
    encode,
)

# A busy machine may take long to draw one.
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Halves of surrogate pairs too: file names hold them, and a person may paste one.
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda some: st.lists(some, max_size=3) | st.dictionaries(TEXTS, some, max_size=3),
    max_leaves=8,
)
PARAMETERS = st.dictionaries(TEXTS, VALUES, max_size=4)
MESSAGES = (
    st.builds(Call, TEXTS, PARAMETERS, st.none() | st.integers())
    | st.builds(Answer, st.integers(), VALUES)
    | st.builds(Failure, st.none() | st.integers(), st.integers(), TEXTS, TEXTS, TEXTS)
)


@SLOWLY
@given(MESSAGES)
def test_every_message_comes_back_as_it_went(message: Message) -> None:
    assert decode(encode(message)) == message


@SLOWLY
@given(MESSAGES)
def test_a_message_is_one_line(message: Message) -> None:
    assert encode(message).count(b"\n") == 1
    assert encode(message).endswith(b"\n")


def test_a_message_is_json_rpc() -> None:
    assert json.loads(encode(Call("search", {"text": "森"}, 7))) == {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "search",
        "params": {"text": "森"},
    }


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_does_not_have_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode(Answer(1, {"score": number}))


def bad(**fields: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **fields}).encode()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"\n", NOT_JSON),
        (b"hello\n", NOT_JSON),
        (b"\xff\xfe\n", NOT_JSON),
        (b"[" * 100_000, NOT_JSON),
        (b"[]", NOT_A_REQUEST),
        (b"null", NOT_A_REQUEST),
        (b'{"method": "hello", "id": 1}', NOT_A_REQUEST),
        (bad(), NOT_A_REQUEST),
        (bad(method=5), NOT_A_REQUEST),
        (bad(method="hello", params=[1]), NOT_A_REQUEST),
        (bad(method="hello", id="one"), NOT_A_REQUEST),
        (bad(method="hello", id=[1]), NOT_A_REQUEST),
        (bad(method="hello", id=True), NOT_A_REQUEST),
        (bad(result=1), NOT_A_REQUEST),
        (bad(id=1, error="broken"), NOT_A_REQUEST),
        (bad(id=1, error={"data": ["broken"]}), NOT_A_REQUEST),
        (bad(id=1, error={"code": "broken"}), NOT_A_REQUEST),
        (bad(id=1, error={"message": 5}), NOT_A_REQUEST),
        (bad(id=1, method="hello", result=1), NOT_A_REQUEST),
        (bad(id=1, result=1, error={}), NOT_A_REQUEST),
    ],
)
def test_what_is_no_message_is_said_to_be_none(line: bytes, code: int) -> None:
    with pytest.raises(NotAMessageError) as caught:
        decode(line)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "line",
    [
        bad(id=7, method=5),
        bad(id=7, method="hello", params=[1]),
        bad(id=7, method="hello", result=1),
        bad(id=7),
        b'{"id": 7, "method": "hello"}',
        encode(Call("search", {"text": "a lake"}, 7))[:-9],
        encode(Call("search", {"text": "a lake"}, 7)).replace(b"a lake", b"a \xff lake"),
    ],
)
def test_whose_message_it_was_to_be_is_known_where_that_can_be_read(line: bytes) -> None:
    with pytest.raises(NotAMessageError) as caught:
        decode(line)
    assert caught.value.id == 7


@SLOWLY
@given(st.binary(max_size=40) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_nothing_else_is_ever_raised(line: bytes) -> None:
    with suppress(NotAMessageError):
        decode(line)
