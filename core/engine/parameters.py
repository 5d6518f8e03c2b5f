"""Reads a request and holds it to the types of its fields: the other side may be of another version."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from changeseek.core.engine.failures import BadParametersError
from changeseek.core.engine.messages import Request, from_json


def read_request(kind: type[Request[Any]], params: dict[str, Any]) -> Request[Any]:
    """The request that parameters make.

    Raises:
        BadParametersError: A parameter is unknown, missing or of another type.
    """
    try:
        request = from_json(kind, params)
    except TypeError as error:
        raise BadParametersError(f"request {kind.method!r}: {error}") from error
    for name, hint in get_type_hints(kind).items():
        if not fits(getattr(request, name), hint):
            raise BadParametersError(f"request {kind.method!r}: {name} is not of type {hint}")
    return request


def fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type such as `str`, `float | None` or `tuple[str, ...]`."""
    if get_origin(hint) is UnionType:
        return any(fits(value, one) for one in get_args(hint))
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and _all_fit(value, get_args(hint))
    if hint is float:
        return type(value) in (int, float)
    # Neither a class variable nor a true or false counts as a whole number.
    return type(value) is hint if hint in (str, int, bool, NoneType) else True


def _all_fit(values: tuple[Any, ...], hints: tuple[Any, ...]) -> bool:
    if hints[-1] is ...:
        return all(fits(value, hints[0]) for value in values)
    return len(values) == len(hints) and all(map(fits, values, hints))
