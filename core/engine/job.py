"""One request on its way to its answer.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from enum import Enum
from threading import Event, Lock
from typing import TYPE_CHECKING

from changeseek.core.engine.channel import Channel
from changeseek.core.engine.protocol import PROGRESS, Call

if TYPE_CHECKING:
    from changeseek.core.progress import Progress

_SECONDS_BETWEEN_REPORTS = 0.1


class JobCancelledError(Exception):
    """The asker does not want the answer any more."""


class State(Enum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    OVER = "over"


class Job:
    """A request, what its handler may say on the way, and whether it is still wanted.

    Args:
        id: Of the request.
        call: The request.
        channel: Where progress goes.
    """

    def __init__(self, id: int, call: Call, channel: Channel) -> None:
        self.id = id
        self.call = call
        self._channel = channel
        self._cancelled = Event()
        self._turning = Lock()
        self._state = State.WAITING
        self._last_report = float("-inf")

    def turn(self, old: State, new: State) -> bool:
        """Take a job from one state to the next; False where another thread was quicker."""
        with self._turning:
            if self._state is not old:
                return False
            self._state = new
            return True

    def cancel(self) -> None:
        """Ask the handler to stop."""
        self._cancelled.set()

    def check(self) -> None:
        """Stop here if the answer is not wanted any more.

        Raises:
            JobCancelledError: It is not.
        """
        if self._cancelled.is_set():
            raise JobCancelledError

    def report_progress(self, progress: Progress) -> None:
        """Say how far the job is, a few times a second and at its end.

        Raises:
            JobCancelledError: The answer is not wanted any more.
        """
        self.check()
        now = time.monotonic()
        if progress.done < progress.total and now - self._last_report < _SECONDS_BETWEEN_REPORTS:
            return
        self._last_report = now
        self._channel.offer(Call(PROGRESS, {"id": self.id, **asdict(progress)}))
