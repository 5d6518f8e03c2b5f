"""Reads a request and holds it to the types of its fields: the other side may be of another version."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from changeseek.core.engine.failures import BadParametersError, BadTextError
from changeseek.core.engine.messages import Request, from_json

# What libraries in C take for a number.
_TOO_LARGE = 1 << 63


def read_request(kind: type[Request[Any]], params: dict[str, Any]) -> Request[Any]:
    """The request that parameters make.

    Raises:
        BadParametersError: A parameter is unknown, missing or of another type.
        BadTextError: A text holds what can stand in none.
    """
    try:
        request = from_json(kind, params)
    except (TypeError, RecursionError) as error:
        raise BadParametersError(f"request {kind.method!r}: {error!s:.200}") from error
    for name, hint in get_type_hints(kind).items():
        if not fits(getattr(request, name), hint):
            raise BadParametersError(f"request {kind.method!r}: {name} is not of type {hint}")
        if not all(map(_is_text, _texts(getattr(request, name)))):
            raise BadTextError(f"{name} holds what is no character", "Type it again")
    return request


def fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type such as `str`, `float | None` or `tuple[str, ...]`."""
    if get_origin(hint) is UnionType:
        return any(fits(value, one) for one in get_args(hint))
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and _all_fit(value, get_args(hint))
    if hint is float:
        # Neither infinite nor NaN, which is not even equal to itself.
        return type(value) in (int, float) and abs(value) <= sys.float_info.max
    if hint is int:
        return type(value) is int and abs(value) < _TOO_LARGE
    # Neither a class variable nor a true or false counts as a whole number.
    return type(value) is hint if hint in (str, bool, NoneType) else True


def _all_fit(values: tuple[Any, ...], hints: tuple[Any, ...]) -> bool:
    if hints[-1] is ...:
        return all(fits(value, hints[0]) for value in values)
    return len(values) == len(hints) and all(map(fits, values, hints))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


def _is_text(text: str) -> bool:
    """Whether a system takes it for a file's name, as it takes all but zeros and halves of characters."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False
