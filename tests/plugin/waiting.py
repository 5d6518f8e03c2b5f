"""Waiting for what must come: no longer than it takes, and long enough for a machine that is busy."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.PyQt.QtTest import QTest

# Only what never comes is waited for so long.
PATIENCE = 300.0


def eventually(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until something is so, while the event loop stands still; whether it is."""
    return _wait(condition, seconds, lambda: time.sleep(0.01))


def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Let the event loop turn until something is so; whether it is."""
    return _wait(condition, seconds, lambda: QTest.qWait(5))


def _wait(condition: Callable[[], bool], seconds: float, pause: Callable[[], None]) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        pause()
    return condition()
