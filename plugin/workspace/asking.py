"""Questions under way: asked off the GUI's thread, the newest of its kind replacing the older."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any, TypeVar

from ...core.engine.messages import Progress, Request
from ..background import Job, Report, run_in_background
from ..errors import PluginError
from ..gate.engine import EngineGate

A = TypeVar("A")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Asking:
    """Runs jobs by what they are about; on the GUI's thread only.

    Args:
        gate: To the engine.
        failed: Told what failed and why.
    """

    def __init__(self, gate: EngineGate, failed: Callable[[str, PluginError], None]) -> None:
        self._gate = gate
        self._failed = failed
        self._jobs: dict[str, list[Job]] = {}
        self._later: dict[str, Callable[[], None]] = {}

    def is_running(self, what: str) -> bool:
        """Whether something of that kind is under way."""
        return bool(self._jobs.get(what))

    def ask(self, what: str, request: Request[A], done: Callable[[A], None]) -> None:
        """Ask the engine one question in place of an older one of that kind."""
        self.run(what, lambda report: self.call(request, report), done)

    def call(self, request: Request[A], report: Report) -> A:
        """Ask the engine inside of a job.

        Raises:
            PluginError: There is no answer.
        """
        return self._gate.call(request, progress=report.progress, cancelled=report.cancelled)

    def run(
        self,
        what: str,
        job: Callable[[Report], T],
        done: Callable[[T], None],
        *,
        progress: Callable[[Progress], None] | None = None,
        title: str = "",
        beside: bool = False,
    ) -> None:
        """Run a job; those of the same kind that are under way are cancelled and their results dropped.

        Args:
            what: Its kind, such as `search`.
            job: Runs off the GUI's thread.
            done: Called with its result, on the GUI's thread.
            progress: Called with its reports.
            title: Of a long job that people shall see among QGIS's tasks.
            beside: Let others of its kind go on.
        """
        if not beside:
            self.drop(what)
        jobs = self._jobs.setdefault(what, [])

        def succeeded(result: T) -> None:
            jobs.remove(running)
            try:
                done(result)
            except PluginError as error:
                self._failed(what, error)
            if self._gate.running:
                self._ask_what_waited()

        def ended(error: PluginError) -> None:
            jobs.remove(running)
            self._failed(what, error)

        running = run_in_background(
            title or what, job, done=succeeded, failed=ended, progress=progress, hidden=not title
        )
        jobs.append(running)

    def when_running(self, what: str, ask: Callable[[], None]) -> None:
        """Ask now where an engine runs, else once another question has started it.

        For what is nice to know but not worth starting an engine, which takes seconds and memory.
        """
        if self._gate.running:
            ask()
        else:
            self._later[what] = ask

    def cancel(self, what: str) -> None:
        """Ask what is under way to stop; its `failed` is called."""
        for job in self._jobs.get(what, []):
            job.cancel()

    def drop(self, what: str) -> None:
        """Stop what is under way, and let nobody hear of it."""
        for job in self._jobs.pop(what, []):
            job.forget()
            job.cancel()

    def finish(self, what: str, requests: Sequence[Request[Any]], seconds: float) -> None:
        """Let what is under way end, then ask more whose answers nobody awaits; for so long at most."""
        under_way = list(self._jobs.get(what, []))

        def ask() -> None:
            for job in under_way:
                job.wait(seconds)
            try:
                for request in requests:
                    self._gate.call(request)
            except PluginError as error:
                _log.warning("%s was not finished: %s", what, error)

        if under_way or requests:
            thread = Thread(target=ask, name=f"changeseek-finishing-{what}", daemon=True)
            thread.start()
            thread.join(seconds)

    def drop_all(self, *, but: tuple[str, ...] = ()) -> None:
        """Drop everything that is under way or waits, but for some kinds."""
        for what in [kind for kind in self._jobs if kind not in but]:
            self.drop(what)
        self._later = {what: ask for what, ask in self._later.items() if what in but}

    def _ask_what_waited(self) -> None:
        waited: dict[str, Any] = self._later
        self._later = {}
        for ask in waited.values():
            ask()
