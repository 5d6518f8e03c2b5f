"""One who asks the engine and waits: the gate, with somebody who looks on and may call it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ...core.engine.messages import Progress, Request
from ..errors import JobCancelledError
from ..gate.engine import EngineGate
from ..translation import tr

A = TypeVar("A")


def never() -> bool:
    """For those who cannot be stopped."""
    return False


def tell_nobody(_progress: Progress) -> None:
    """For those whom nobody watches."""


class Asker:
    """Asks on the thread that it is used on.

    Args:
        gate: To the engine.
        tell: Told how far the engine is, on the asking thread.
        cancelled: Looked at again and again, on the asking thread.
    """

    def __init__(
        self,
        gate: EngineGate,
        tell: Callable[[Progress], None] = tell_nobody,
        cancelled: Callable[[], bool] = never,
    ) -> None:
        self._gate = gate
        self.tell = tell
        self._cancelled = cancelled

    def ask(self, request: Request[A], *, silent: bool = False) -> A:
        """Ask and wait.

        Args:
            request: One of `core.engine.messages`.
            silent: Do not tell the request's own progress, where it is but one of several.

        Raises:
            PluginError: There is no answer.
        """
        if self._cancelled():
            raise JobCancelledError(tr("cancelled"))
        return self._gate.call(request, progress=None if silent else self.tell, cancelled=self._cancelled)
