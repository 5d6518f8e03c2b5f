"""What the eye sees, as types."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self


class NotSeenError(Exception):
    """What should be on the screen is not there."""


@dataclass(frozen=True)
class Rect:
    """A rectangle in the screen's pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        """The pixel in its middle."""
        return self.x + self.width // 2, self.y + self.height // 2

    def at(self, across: float, down: float) -> tuple[int, int]:
        """A pixel by its share of the width and of the height, from 0 to 1."""
        return self.x + round(across * (self.width - 1)), self.y + round(down * (self.height - 1))

    def holds(self, other: Rect) -> bool:
        """Whether another rectangle lies within."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


class Read:
    """Is read from the JSON object that the ear sends."""

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """Take the fields; rectangles and layers become their types."""
        return cls(**{field.name: _read(field.name, document[field.name]) for field in fields(cls)})  # type: ignore[arg-type]


def _read(name: str, value: Any) -> Any:
    if name in ("place", "seen") and isinstance(value, dict):
        return Rect(**value)
    if name == "layers":
        return tuple(Layer.read(one) for one in value)
    return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Widget(Read):
    """A widget.

    Attributes:
        on_show: It belongs to what is shown, though it may be scrolled out of sight.
        visible: Some of it is in sight.
        place: All of it.
        seen: What is not scrolled or cut away.
    """

    name: str
    kind: str
    text: str
    on_show: bool
    visible: bool
    enabled: bool
    focused: bool
    place: Rect
    seen: Rect


@dataclass(frozen=True)
class Window(Widget):
    """A window of its own: a dialog, a menu, the main window."""

    modal: bool
    active: bool


@dataclass(frozen=True)
class Item(Read):
    """An item of a list; `seen` says whether a mouse reaches it."""

    texts: tuple[str, ...]
    picture: bool
    selected: bool
    place: Rect
    seen: bool


@dataclass(frozen=True)
class MapState(Read):
    """The map canvas; `shown` are the names of the layers that it draws."""

    drawing: bool
    place: Rect
    extent: tuple[float, float, float, float]
    crs: str
    shown: tuple[str, ...]
    tool: str


@dataclass(frozen=True)
class Layer(Read):
    """A layer of the project; `features` is None for a raster."""

    name: str
    valid: bool
    source: str
    crs: str
    features: int | None
    dated: bool
    checked: bool


@dataclass(frozen=True)
class State(Read):
    """What a person reads off the window; layers from top to bottom."""

    title: str
    project: str
    layers: tuple[Layer, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Watched(Read):
    """What happened while it was watched.

    Attributes:
        gaps: When the window moved again, in seconds of the monotonic clock, and for how many milliseconds
            it had stood still.
        layers_added: When, in seconds of the monotonic clock.
        maps_drawn: When the map was complete, in seconds of the monotonic clock.
    """

    gaps: tuple[tuple[float, float], ...]
    layers_added: tuple[float, ...]
    maps_drawn: tuple[float, ...]

    def longest_gap(self, begin: float = 0.0, end: float = float("inf")) -> float:
        """The longest stop that ended between two times, in milliseconds; 0 where there was none."""
        return max((length for when, length in self.gaps if begin <= when <= end), default=0.0)
