"""What is written into the log of answers: one after the other, in the order in which people said it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...core.engine.messages import Request
from .asking import Asking

WRITE = "feedback"


@dataclass(frozen=True)
class Entry:
    """Something to write.

    Attributes:
        what: Its kind where it fails, such as `answer`.
        request: To the engine.
        written: Told the engine's answer.
    """

    what: str
    request: Request[Any]
    written: Callable[[Any], None]


class Writing:
    """Asks the engine for one entry at a time; on the GUI's thread only.

    Args:
        asking: Runs the questions.
    """

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._entries: deque[Entry] = deque()

    def write(self, entry: Entry) -> None:
        """Write after what waits already."""
        self._entries.append(entry)
        if len(self._entries) == 1:
            self._write_first()

    def give_up(self) -> str:
        """The first could not be written, so what waits behind it is not either; returns its kind."""
        what = self._entries[0].what if self._entries else WRITE
        self._entries.clear()
        return what

    def finish(self, seconds: float) -> None:
        """Write what waits, before everything is dropped; gives up after so long."""
        behind = [entry.request for entry in self._entries][1:]
        self._entries.clear()
        self._asking.finish(WRITE, behind, seconds)

    def _write_first(self) -> None:
        entry = self._entries[0]
        self._asking.run(WRITE, lambda report: self._asking.call(entry.request, report), self._on_written)

    def _on_written(self, answer: Any) -> None:
        entry = self._entries.popleft()
        if self._entries:
            self._write_first()
        entry.written(answer)
