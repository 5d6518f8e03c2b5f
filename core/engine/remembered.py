"""A few things that are slow to make, kept for the next who asks for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Stamp = tuple[int, int, int]


class Remembered(Generic[Thing]):
    """The things that were asked for last, by key; for any thread, each thing is made once.

    Args:
        most: How many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()
        # Held while a thing is made: whoever wants the same must wait for it anyway.
        self._one_at_a_time = Lock()

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of a key; what `make` raises is raised, and nothing kept."""
        with self._one_at_a_time:
            if key not in self._things:
                thing = make()
                while len(self._things) >= self._most:
                    self._things.popitem(last=False)
                self._things[key] = thing
            self._things.move_to_end(key)
            return self._things[key]


def stamp(path: Path) -> Stamp | None:
    """What changes when a file does; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
