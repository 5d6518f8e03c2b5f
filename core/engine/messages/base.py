"""What all messages share: a request knows the type of its answer, and both become JSON and back.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

A = TypeVar("A")
# In a field's metadata: the type of the messages that it holds.
KIND = "kind"
_ATOMS = (str, float, int, type(None))


def to_json(message: Any) -> dict[str, Any]:
    """The fields of a request or an answer as JSON values; quick, for thousands of hits are one answer."""
    return {name: _plain(value) for name, value in vars(message).items()}


def from_json(kind: type[A], document: dict[str, Any]) -> A:
    """A request or an answer from its fields.

    Raises:
        TypeError: A field is unknown or missing.
    """
    kinds = _kinds(kind)  # type: ignore[arg-type]
    return kind(**{name: _read(kinds.get(name), value) for name, value in document.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, _ATOMS):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return to_json(value) if is_dataclass(value) else value


def _read(kind: Any, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(kind, one) for one in value)
    return from_json(kind, value) if kind is not None and isinstance(value, dict) else value


@cache
def _kinds(kind: type) -> dict[str, Any]:
    """The fields of a message that hold messages, and of which type."""
    return {known.name: known.metadata[KIND] for known in fields(kind) if KIND in known.metadata}


@dataclass(frozen=True)
class Progress:
    """How far a long request is; see `changeseek.core.progress`. `seconds_left` is None while unknown."""

    done: int
    total: int
    rate: float
    seconds_left: float | None


class Request(Generic[A]):
    """Base of all requests; `A` is the type of the answer.

    Attributes:
        method: Its name on the pipe.
        answer: Type of its answer.
    """

    method: ClassVar[str]
    answer: ClassVar[type]
