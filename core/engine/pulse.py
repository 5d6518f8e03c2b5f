"""Says every few seconds that the engine lives, and sees when it need not any more.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from threading import Event, Thread

from changeseek.core.engine.channel import Channel
from changeseek.core.engine.protocol import HEARTBEAT, SECONDS_BETWEEN_HEARTBEATS, Call

_log = logging.getLogger(__name__)

# As early as can be: who dies while the engine starts has died as well.
_PARENT = os.getppid()


class Pulse(Thread):
    """The thread that beats.

    Args:
        channel: Where heartbeats go.
        busy: Ids of the requests that are not answered yet.
        idle_seconds: A quiet time after which the engine may end; 0 for never.
        end: Called when the engine should end, whatever it does.
        rest: Called when the engine should end, unless somebody asks just now.
    """

    def __init__(
        self,
        channel: Channel,
        busy: Callable[[], list[int]],
        idle_seconds: float,
        *,
        end: Callable[[], None],
        rest: Callable[[], None],
    ) -> None:
        super().__init__(name="changeseek-pulse", daemon=True)
        self._channel = channel
        self._busy = busy
        self._idle_seconds = idle_seconds
        self._end = end
        self._rest = rest
        self._stopped = Event()
        self._last_asked = time.monotonic()

    def asked(self) -> None:
        """Somebody asked, or got an answer: the quiet time starts anew."""
        self._last_asked = time.monotonic()

    def stop(self) -> None:
        """Beat no more."""
        self._stopped.set()

    def run(self) -> None:
        """Beat until stopped."""
        while not self._stopped.wait(self._pause()):
            self._channel.offer(Call(HEARTBEAT, {"busy": self._busy()}))
            if reason := self._reason_to_end():
                _log.info("the engine ends: %s", reason)
                self._end()
            elif self._quiet_for_long():
                self._rest()

    def _pause(self) -> float:
        return min(SECONDS_BETWEEN_HEARTBEATS, self._idle_seconds or SECONDS_BETWEEN_HEARTBEATS)

    def _reason_to_end(self) -> str:
        if self._channel.broken:
            return "nobody reads the answers"
        # The end of the questions says so as well, unless a fork of QGIS keeps the pipe open.
        return "QGIS has ended" if os.getppid() != _PARENT else ""

    def _quiet_for_long(self) -> bool:
        return self._idle_seconds > 0 and time.monotonic() - self._last_asked >= self._idle_seconds
