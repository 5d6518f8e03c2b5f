"""How the two processes speak: JSON-RPC 2.0, one message a line, over the engine's stdin and stdout.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Union

# Both sides must have the same: they come from the same folder, but a running engine outlives an update.
PROTOCOL = 1
SECONDS_BETWEEN_HEARTBEATS = 2.0

# Notifications, which have no answer: the first two from the engine, the last from QGIS.
PROGRESS = "progress"  # {"id": of the request, and what `messages.Progress` says}
HEARTBEAT = "heartbeat"  # {"busy": [ids of the requests that are not answered yet]}
CANCEL = "cancel"  # {"id": of the request}

# Error codes: JSON-RPC's own, then ours in the range that it leaves to the application.
NOT_JSON = -32700
NOT_A_REQUEST = -32600
NO_SUCH_METHOD = -32601
BAD_PARAMETERS = -32602
UNEXPECTED = -32603
FAULT = -32001
BAD_INPUT = -32002
CANCELLED = -32800


@dataclass(frozen=True)
class Call:
    """A request, or a notification where `id` is None.

    Attributes:
        method: What is asked.
        params: Its named parameters, JSON values only.
        id: Names the request in its answer.
    """

    method: str
    params: dict[str, Any]
    id: int | None = None


@dataclass(frozen=True)
class Answer:
    """The result of a request, JSON values only."""

    id: int
    result: Any


@dataclass(frozen=True)
class Failure:
    """A request that failed.

    Attributes:
        id: Names the request; None where it could not be read.
        code: One of the codes above.
        message: What is wrong, for the user.
        advice: What to do about it, for the user.
        kind: Name of the error's class, for programs.
    """

    id: int | None
    code: int
    message: str
    advice: str = ""
    kind: str = ""


Message = Union[Call, Answer, Failure]  # noqa: UP007 - evaluated here, and QGIS on macOS has Python 3.9

# How `encode` begins a request: so its id is known even where the rest was cut off.
_START = re.compile(rb'\{"jsonrpc":"2\.0","id":(\d{1,18}),"method":')


class NotAMessageError(ValueError):
    """A line that is no message of this protocol.

    Args:
        code: NOT_JSON or NOT_A_REQUEST.
        message: What is wrong with it.
        id: Of the request that it was to be, None where that cannot be told.
    """

    def __init__(self, code: int, message: str, id: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.id = id


def encode(message: Message) -> bytes:
    """One message as one line of UTF-8, its newline included."""
    text = json.dumps(
        {"jsonrpc": "2.0", **_fields(message)}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return text.encode("utf-8", "surrogatepass") + b"\n"


def decode(line: bytes) -> Message:
    """Read one line.

    Raises:
        NotAMessageError: It is something else.
    """
    try:
        fields = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise NotAMessageError(NOT_JSON, "the line is not JSON", id_at_start(line)) from error
    if not isinstance(fields, dict):
        raise NotAMessageError(NOT_A_REQUEST, "the line is no object")
    id = fields.get("id")
    if type(id) not in (int, type(None)):
        raise NotAMessageError(NOT_A_REQUEST, "the id is no whole number")
    if fields.get("jsonrpc") != "2.0":
        raise NotAMessageError(NOT_A_REQUEST, "the line is not JSON-RPC 2.0", id)
    kinds = [kind for kind in ("method", "result", "error") if kind in fields]
    if len(kinds) != 1:
        raise NotAMessageError(NOT_A_REQUEST, "the line is neither a request nor an answer", id)
    return _KINDS[kinds[0]](fields)


def id_at_start(line: bytes) -> int | None:
    """The id of a request from the first bytes of its line, None where they do not say."""
    start = _START.match(line)
    return None if start is None else int(start[1])


def _fields(message: Message) -> dict[str, Any]:
    if isinstance(message, Answer):
        return {"id": message.id, "result": message.result}
    if isinstance(message, Failure):
        data = {"advice": message.advice, "kind": message.kind}
        return {"id": message.id, "error": {"code": message.code, "message": message.message, "data": data}}
    name = {} if message.id is None else {"id": message.id}
    return {**name, "method": message.method, "params": message.params}


def _call(fields: dict[str, Any]) -> Call:
    id, method, params = fields.get("id"), fields["method"], fields.get("params", {})
    if not isinstance(method, str) or not isinstance(params, dict):
        raise NotAMessageError(NOT_A_REQUEST, "the method is no text, or its parameters have no names", id)
    return Call(method, params, id)


def _answer(fields: dict[str, Any]) -> Answer:
    if fields.get("id") is None:
        raise NotAMessageError(NOT_A_REQUEST, "the answer does not say to what")
    return Answer(fields["id"], fields["result"])


def _failure(fields: dict[str, Any]) -> Failure:
    error = fields["error"]
    data = error.get("data", {}) if isinstance(error, dict) else None
    if not isinstance(data, dict):
        raise NotAMessageError(NOT_A_REQUEST, "the error is no object")
    texts = error.get("message", ""), data.get("advice", ""), data.get("kind", "")
    code = error.get("code", UNEXPECTED)
    if type(code) is not int or not all(isinstance(text, str) for text in texts):
        raise NotAMessageError(NOT_A_REQUEST, "the error is of other types")
    return Failure(fields.get("id"), code, *texts)


_KINDS: dict[str, Callable[[dict[str, Any]], Message]] = {
    "method": _call,
    "result": _answer,
    "error": _failure,
}
