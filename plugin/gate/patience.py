"""How long the gate waits for the engine before it takes it for dead."""

from __future__ import annotations

import time
from dataclasses import dataclass

# A computer that slept, or a debugger that held everything: then nobody's silence means anything.
_SECONDS_BETWEEN_LOOKS_AT_MOST = 5.0


@dataclass(frozen=True)
class Patience:
    """Limits in seconds.

    Attributes:
        start: For importing the engine's libraries, from a slow disk at worst.
        silence: Without a line from an engine that beats every two seconds, while it is asked something.
        cancel: For a build to stop after it was told to.
        farewell: For the engine to end after it was told to.
        terminate: For the process to end after the system told it to; then it is killed.
    """

    start: float = 180.0
    silence: float = 15.0
    cancel: float = 10.0
    farewell: float = 2.0
    terminate: float = 1.0


class Listening:
    """Since when nothing was heard.

    Args:
        patience: How long that may be.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._started = self._heard = self._looked = time.monotonic()

    def hear(self) -> None:
        """Something came, or from now on something should come."""
        self._heard = time.monotonic()

    def too_long_silent(self) -> bool:
        """Whether a started engine's silence is too long; to be asked about once a second."""
        now, looked = time.monotonic(), self._looked
        self._looked = now
        if now - looked > _SECONDS_BETWEEN_LOOKS_AT_MOST:
            self._heard = now
        return now - self._heard > self._patience.silence

    def too_long_starting(self) -> bool:
        """Whether the engine should have started by now."""
        return time.monotonic() - self._started > self._patience.start
