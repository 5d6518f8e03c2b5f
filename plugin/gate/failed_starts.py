"""Remembers engines that did not even start, so that a broken environment is not tried without end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from ..errors import EngineMissingError, EngineStoppedError, PluginError
from ..translation import tr
from .connection import Ending

_MOST = 3
_SECONDS_TO_THE_NEXT_TRY = 30.0


class _NotTriedError(EngineStoppedError):
    """No engine was started, because the last ones ended at their start."""


class FailedStarts:
    """Counts starts that failed in a row; may be asked from any thread.

    Args:
        find: Gives the interpreter, or raises a PluginError.
    """

    def __init__(self, find: Callable[[], Path]) -> None:
        self._find = find
        self._lock = Lock()
        self._interpreter: Path | None = None
        self._count = 0
        self._last: PluginError | None = None
        self._at = 0.0

    def find_one_to_try(self) -> Path:
        """Give the interpreter for the next start.

        Raises:
            PluginError: There is none, or it has failed several times just now.
        """
        found = self._find()
        with self._lock:
            if found != self._interpreter:
                self._interpreter, self._count = found, 0
            rested = time.monotonic() - self._at >= _SECONDS_TO_THE_NEXT_TRY
            if self._count >= _MOST and self._last is not None and not rested:
                raise _not_tried(self._count, self._last)
            return found

    def note(self, ending: Ending) -> None:
        """Count an engine's end; a missing one does not count, which is quickly found and quickly mended."""
        with self._lock:
            if ending.started:
                self._count = 0
            elif not isinstance(ending.reason, (EngineMissingError, _NotTriedError)):
                self._count, self._last, self._at = self._count + 1, ending.reason, time.monotonic()

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._count = 0


def _not_tried(count: int, last: PluginError) -> _NotTriedError:
    message = tr("the engine ended {} times in a row at its start: {}").format(count, last.message)
    advice = tr("Check the Python in ChangeSeek's settings; in half a minute it is tried again")
    return _NotTriedError(message, advice)
