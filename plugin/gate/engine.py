"""The one gate from QGIS to the engine; it needs no event loop, so that it works in any script too."""

from __future__ import annotations

import atexit
import itertools
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, TypeVar

from ...core.engine.messages import Progress, Request
from .connection import Connection, Ending
from .conversation import FIRST_ID
from .failed_starts import FailedStarts
from .patience import Patience
from .pending import Pending, ProgressCallback

A = TypeVar("A")

_SECONDS_BETWEEN_LOOKS = 0.1


class EngineGate:
    """Asks an engine, which is started by the first question and again after it ended.

    Any thread may call any method.

    Args:
        find: Gives the interpreter, or raises a PluginError; asked at each start, on a thread of the gate.
        patience: How long to wait for what.
    """

    def __init__(self, find: Callable[[], Path], patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._lock = Lock()
        self._ids = itertools.count(FIRST_ID)
        self._connection: Connection | None = None
        self._failed_starts = FailedStarts(find)

    @property
    def running(self) -> bool:
        """Whether an engine's process is there."""
        connection = self._connection
        return connection is not None and connection.running

    def ask(self, request: Request[A], *, progress: ProgressCallback | None = None) -> Pending[A]:
        """Ask and return at once, whether an engine is there or must be started.

        Args:
            request: The question.
            progress: Called on a thread of the gate for each report of a long one.

        Returns:
            What will hold the answer, or the reason why there is none.
        """
        pending = Pending(request, next(self._ids), progress)
        self._pass_on(pending)
        return pending

    def call(
        self,
        request: Request[A],
        *,
        progress: ProgressCallback | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> A:
        """Ask and wait for the answer; not for the GUI's thread.

        Args:
            request: The question.
            progress: Called on this thread for each report of a long one.
            cancelled: Looked at every tenth of a second; where it says yes, the question is taken back.

        Raises:
            PluginError: There is no answer, for one of the reasons in `plugin/errors.py`.
        """
        # Of None: it is done.
        news: SimpleQueue[Progress | None] = SimpleQueue()
        pending = self.ask(request, progress=None if progress is None else news.put)
        pending.add_done_callback(lambda _: news.put(None))
        try:
            _follow(pending, news, progress, cancelled)
        finally:
            # Where something else ended the wait, such as Ctrl-C in a script, nobody wants the answer.
            pending.cancel()
        return pending.result()

    def close(self) -> None:
        """End the engine and wait for its end; a later question starts a new one."""
        with self._lock:
            connection, self._connection = self._connection, None
        atexit.unregister(self.close)
        if connection is not None:
            connection.close()
        self._failed_starts.forget()

    def _pass_on(self, pending: Pending[Any]) -> None:
        with self._lock:
            if self._connection is None or not self._connection.ask(pending):
                self._connection = Connection(
                    self._failed_starts.find_one_to_try, self._patience, self._see_to
                )
                # Before the start, which may fail before anything is asked.
                self._connection.ask(pending)
                self._connection.start()
                atexit.unregister(self.close)
                atexit.register(self.close)

    def _see_to(self, ending: Ending) -> None:
        """Tell those who wait that their engine has ended, or ask the next one."""
        self._failed_starts.note(ending)
        for pending in ending.left:
            if pending.cancelled:
                pending.drop()
            elif ending.by_itself and not pending.asked_again:
                pending.asked_again = True
                self._pass_on(pending)
            else:
                pending.fail(ending.reason)


def _follow(
    pending: Pending[Any],
    news: SimpleQueue[Progress | None],
    progress: ProgressCallback | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    """Hand on the reports until it is done."""
    over = False
    while not over:
        with suppress(Empty):
            report = news.get(timeout=_SECONDS_BETWEEN_LOOKS)
            over = report is None
            if report is not None and progress is not None:
                progress(report)
        if cancelled is not None and cancelled():
            pending.cancel()
