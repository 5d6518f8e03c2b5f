"""Lines that no client should send: real requests, spoilt in every way, the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from changeseek.core.engine.messages import (
    BuildIndex,
    FeedbackExport,
    FeedbackPropose,
    FeedbackStatus,
    Outlines,
    Plan,
    Request,
    Shutdown,
    Thumbnails,
)
from changeseek.core.engine.protocol import CANCEL, Answer, Call, Failure, NotAMessageError, decode

Fields = dict[str, Any]
Spoil = Callable[[random.Random, Fields], bytes]

FIRST_ID = 10**9
# Far apart, so that an id in which a digit was turned is hardly ever another request's.
_STEP = 1001
# Each takes a while: rasters are opened, a metric is learned.
_RARE: tuple[type[Request[Any]], ...] = (Plan, BuildIndex, FeedbackPropose, FeedbackStatus)
_WRITING = {kind.method for kind in (BuildIndex, Outlines, Thumbnails, FeedbackExport)}
# As JSON text, for some of them no value can be written with.
_ODD_VALUES = (
    *("null", "true", "-1", "0", "1.5", "1e999", "-1e999", "NaN", "Infinity", "-0.0", "1e-320"),
    *(str(2**31), str(2**63), str(-(2**64)), str(10**400), "9" * 5000),
    *(
        '""',
        '" "',
        '"\\u0000"',
        '"a\\u0000b"',
        '"\\ud800"',
        '"\\udcff"',
        '"\u68ee"',
        '"-> ->"',
        '"a -> b"',
        '"\\n"',
    ),
    *("[]", "{}", "[null]", '["a", 1]', '{"a": {"b": []}}', "[" * 60 + "]" * 60, "[" * 20_000 + "]" * 20_000),
    json.dumps("houses " * 3000),
)
_ODD_LINES = (
    *(
        b"",
        b" ",
        b"\t",
        b"\r",
        b"null",
        b"[]",
        b"{}",
        b"0",
        b'"hello"',
        b"\xef\xbb\xbf{}",
        b"\x00" * 50,
        b"{" * 30_000,
    ),
    *(b"[" * 100_000, b'[{"jsonrpc":"2.0","id":1,"method":"hello"}]', b"GET / HTTP/1.1", b"\xff\xfe\x00"),
    *(b'{"jsonrpc":"2.0","id":1,"result":{}}', b'{"jsonrpc":"2.0","id":null,"error":{}}'),
)
_ODD_METHODS = (
    "",
    "HELLO",
    "hello ",
    "__class__",
    "rpc.discover",
    "\0",
    "search" * 500,
    "\ud800",
    "progress",
    "../info",
)
_ODD_IDS = ("null", "true", '"one"', "1.5", "1e3", "[1]", "{}", "-7", str(10**25), "NaN", '"\\ud800"')


def spoilt_lines(seed: int, count: int, requests: list[Request[Any]]) -> Iterator[bytes]:
    """So many lines without their ends; never one that ends the engine, or writes outside its own folder."""
    chance = random.Random(seed)
    weights = [1 if isinstance(request, _RARE) else 12 for request in requests]
    number = 0
    while number < count:
        request = chance.choices(requests, weights)[0]
        id = FIRST_ID + _STEP * number
        fields = {"jsonrpc": "2.0", "id": id, "method": request.method, "params": vars(request)}
        for line in chance.choice(_WAYS)(chance, fields).split(b"\n"):
            if is_harmless(line):
                number += 1
                yield line


def is_owed_an_answer(line: bytes) -> bool:
    """Whether a line is a request, or nothing that the protocol knows."""
    try:
        message = decode(line)
    except NotAMessageError:
        return True
    return isinstance(message, Call) and message.id is not None


def id_of(line: bytes) -> int | None:
    """The id that anybody can read who reads JSON; None where there is none, or no answer is owed."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    id = fields.get("id") if isinstance(fields, dict) else None
    return id if type(id) is int and is_owed_an_answer(line) else None


def told_id(line: bytes) -> int | None:
    """The id that an answer to a line bears, readable or not."""
    try:
        message = decode(line)
    except NotAMessageError as error:
        return error.id
    return message.id if isinstance(message, Call) else None


def is_harmless(line: bytes) -> bool:
    """Neither an order to end, nor one to write where the tests do not own the folder."""
    try:
        message = decode(line)
    except NotAMessageError:
        return True
    if not isinstance(message, Call):
        return isinstance(message, Answer | Failure)
    if message.method in _WRITING:
        places = [message.params.get(name) for name in ("directory", "folder", "output")]
        return not any(isinstance(one, str) and (".." in one or one[:1] in "/~") for one in places if one)
    return message.method != Shutdown.method


def _text(fields: Fields) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode()


def _whole(_: random.Random, fields: Fields) -> bytes:
    return _text(fields)


def _cut(chance: random.Random, fields: Fields) -> bytes:
    line = _text(fields)
    return line[: chance.randrange(len(line))]


def _flipped(chance: random.Random, fields: Fields) -> bytes:
    line = bytearray(_text(fields))
    for _ in range(chance.randint(1, 4)):
        line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
    return bytes(line)


def _shuffled(chance: random.Random, fields: Fields) -> bytes:
    line = _text(fields)
    first, second = sorted(chance.randrange(len(line)) for _ in range(2))
    return chance.choice(
        (line[:first] + line[second:], line[:second] + line[first:], line[first:] + line[:first])
    )


def _odd_value(chance: random.Random, fields: Fields) -> bytes:
    """One parameter is something else."""
    name = chance.choice([*fields["params"], "colour"])
    spoilt = {**fields, "params": {**fields["params"], name: "@"}}
    return _text(spoilt).replace(b'"@"', chance.choice(_ODD_VALUES).encode())


def _odd_field(chance: random.Random, fields: Fields) -> bytes:
    """One field of the message is something else, or is missing."""
    name = chance.choice(["jsonrpc", "method", "params", "result", "error"])
    if chance.random() < 0.3:
        return _text({key: value for key, value in fields.items() if key != name})
    return _text({**fields, name: "@"}).replace(b'"@"', chance.choice(_ODD_VALUES).encode())


def _without_a_parameter(chance: random.Random, fields: Fields) -> bytes:
    params = dict(fields["params"])
    if params:
        del params[chance.choice(list(params))]
    return _text({**fields, "params": params})


def _twice_the_same_key(chance: random.Random, fields: Fields) -> bytes:
    name = chance.choice(list(fields))
    again = json.dumps({name: fields[name]})[1:]
    return _text(fields)[:-1] + b"," + again.encode()


def _odd_id(chance: random.Random, fields: Fields) -> bytes:
    return _text({**fields, "id": "@"}).replace(b'"@"', chance.choice(_ODD_IDS).encode())


def _odd_method(chance: random.Random, fields: Fields) -> bytes:
    return _text({**fields, "method": chance.choice(_ODD_METHODS)})


def _odd_line(chance: random.Random, _: Fields) -> bytes:
    return chance.choice(_ODD_LINES)


def _noise(chance: random.Random, _: Fields) -> bytes:
    return chance.randbytes(chance.randrange(200))


def _glued(_: random.Random, fields: Fields) -> bytes:
    return 2 * _text(fields)


def _torn(chance: random.Random, fields: Fields) -> bytes:
    line = _text(fields)
    middle = chance.randrange(len(line))
    return line[:middle] + b"\n" + line[middle:]


def _notified(_: random.Random, fields: Fields) -> bytes:
    return _text({name: value for name, value in fields.items() if name != "id"})


def _taken_back(chance: random.Random, fields: Fields) -> bytes:
    """A request, then that it is not wanted any more, or something like it."""
    odd = chance.choice([fields["id"], fields["id"] - _STEP, None, "1", [1], {"id": 1}, 1.5])
    return _text(fields) + b"\n" + _text({"jsonrpc": "2.0", "method": CANCEL, "params": {"id": odd}})


_WAYS: tuple[Spoil, ...] = (
    *(_whole, _cut, _flipped, _flipped, _shuffled, _odd_value, _odd_value, _odd_value, _odd_field),
    *(_without_a_parameter, _twice_the_same_key, _odd_id, _odd_method, _odd_line, _noise, _glued, _torn),
    *(_notified, _taken_back),
)
