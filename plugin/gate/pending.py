"""One question on its way: whoever asked holds it, waits for the answer or takes the question back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from typing import Any, Generic, TypeVar

from ...core.engine.messages import BuildIndex, Progress, Request, from_json, to_json
from ...core.engine.protocol import Call
from ..errors import EngineError, JobCancelledError, PluginError
from ..translation import tr

A = TypeVar("A")
ProgressCallback = Callable[[Progress], None]


class Pending(Generic[A]):
    """A question that was asked; all of it may be used from any thread.

    Args:
        request: The question.
        id: Names it on the pipe.
        progress: Called on the gate's reader thread for each report.

    Attributes:
        call: The question as it travels.
        is_build: It writes: after a cancel, the engine's word that it stopped is waited for.
        cancelled: It was taken back.
        asked_again: It was lost once with an engine that had just ended itself.
        take_back: Tells the engine that has it that the answer is not wanted any more.
    """

    def __init__(
        self,
        request: Request[A],
        id: int,
        progress: ProgressCallback | None = None,
    ) -> None:
        self.id = id
        self.call = Call(request.method, to_json(request), id)
        self.is_build = isinstance(request, BuildIndex)
        self.cancelled = self.asked_again = False
        self.take_back: Callable[[Pending[Any]], None] = Pending.drop
        self._answer_type = request.answer
        self._progress = progress
        self._future: Future[A] = Future()

    def result(self, timeout: float | None = None) -> A:
        """Wait for the answer.

        Args:
            timeout: Seconds; None waits as long as it takes.

        Raises:
            PluginError: There is none, for one of the reasons in `plugin/errors.py`.
            TimeoutError: It has not come yet.
        """
        try:
            return self._future.result(timeout)
        except FutureTimeoutError as error:
            raise TimeoutError from error

    def done(self) -> bool:
        """Whether the answer, or the reason why there is none, is here."""
        return self._future.done()

    def cancel(self) -> None:
        """Take the question back: `result` then raises JobCancelledError, unless the answer comes first."""
        if not self.done() and not self.cancelled:
            self.cancelled = True
            self.take_back(self)

    def add_done_callback(self, callback: Callable[[Pending[A]], None]) -> None:
        """Call back when it is done, on the gate's reader thread; at once where it is done already."""
        self._future.add_done_callback(lambda _: callback(self))

    def report(self, params: dict[str, Any]) -> None:
        """For the gate: pass a report on."""
        progress = self._progress
        if progress is None or self.done():
            return
        report = from_json(Progress, {name: value for name, value in params.items() if name != "id"})
        # As a future's callback, because what it raises is then logged and does not end the reader.
        courier: Future[None] = Future()
        courier.add_done_callback(lambda _: progress(report))
        courier.set_result(None)

    def answer(self, result: Any) -> None:
        """For the gate: the answer came, as JSON values."""
        try:
            answer: A = from_json(self._answer_type, result)
        except (TypeError, AttributeError):
            message = tr("the engine's answer to {} is not as expected").format(self.call.method)
            self.fail(EngineError(message, tr("Restart QGIS, so that both are of one version")))
            return
        with suppress(InvalidStateError):
            self._future.set_result(answer)

    def fail(self, error: PluginError) -> None:
        """For the gate: there will be no answer; nothing happens where there is one already."""
        with suppress(InvalidStateError):
            self._future.set_exception(error)

    def drop(self) -> None:
        """For the gate: the asker took it back."""
        self.fail(JobCancelledError(tr("cancelled")))
