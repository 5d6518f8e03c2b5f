"""Work off the GUI's thread, its results back on it; and the one place where anything is caught."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.engine.messages import Progress
from .errors import JobCancelledError, PluginError
from .translation import tr

LOG_TAB = "ChangeSeek"

T = TypeVar("T")

_log = logging.getLogger(__name__)
# Nobody else need hold a job; touched on the GUI's thread only.
_running: set[Job] = set()


class Report:
    """What a job on its thread may say and ask.

    Args:
        tell: Takes each report.
        stop: Set when the job is not wanted any more.
    """

    def __init__(self, tell: Callable[[Progress], None], stop: Event) -> None:
        self.progress = tell
        self.cancelled = stop.is_set


@dataclass(frozen=True)
class _Outcome(Generic[T]):
    value: T | None = None
    error: Exception | None = None


class Job(QObject):
    """A running job, as its owner on the GUI's thread sees it; made by `run_in_background`."""

    _ended = pyqtSignal(object)
    _progressed = pyqtSignal(object)

    def __init__(
        self,
        function: Callable[[Report], Any],
        done: Callable[[Any], None],
        failed: Callable[[PluginError], None],
        progress: Callable[[Progress], None] | None,
    ) -> None:
        super().__init__()
        self._function = function
        self._done, self._failed, self._progress = done, failed, progress
        self._stop, self._over = Event(), Event()
        self._forgotten = False
        self._task: _Task | None = None
        # Queued, because they are emitted on another thread than the one on which this object lives.
        self._ended.connect(self._deliver)
        self._progressed.connect(self._deliver_progress)

    def cancel(self) -> None:
        """Ask the job to stop; `failed` is then called with JobCancelledError, unless it is done before."""
        self._stop.set()
        if self._task is not None:
            self._task.cancel()

    def forget(self) -> None:
        """Call nobody any more, because those who would be called are going."""
        self._forgotten = True

    def start(self, title: str, hidden: bool) -> None:
        """Begin, on a thread of its own or as a task that people see."""
        _running.add(self)
        if hidden:
            Thread(target=self.work, name=f"changeseek-{title}", daemon=True).start()
            return
        self._task = _Task(title, self)
        self._task.taskTerminated.connect(self._stopped_in_the_queue)
        QgsApplication.taskManager().addTask(self._task)

    def work(self) -> bool:
        """Do the job, on whatever thread this is; returns whether it came to its end."""
        outcome = _outcome_of(self._function, Report(self._tell, self._stop))
        self._ended.emit(outcome)
        self._over.set()
        return outcome.error is None

    def stop_soon(self) -> None:
        """For the task that people see: they cancelled it."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait for the end of a job that has begun."""
        self._over.wait(max(0.0, seconds))

    def _tell(self, progress: Progress) -> None:
        self._progressed.emit(progress)
        if self._task is not None and progress.total:
            self._task.setProgress(100 * progress.done / progress.total)

    def _stopped_in_the_queue(self) -> None:
        """A task that was cancelled before it began ends without having run."""
        self._over.set()
        self._deliver(_Outcome(error=JobCancelledError(tr("cancelled"))))

    def _deliver(self, outcome: _Outcome[Any]) -> None:
        if self not in _running:
            return
        _running.discard(self)
        self._task = None
        if self._forgotten:
            return
        if outcome.error is None:
            guarded(self._done, outcome.value)
        else:
            guarded(self._failed, outcome.error)

    def _deliver_progress(self, progress: Progress) -> None:
        if self._progress is not None and not self._forgotten:
            guarded(self._progress, progress)


class _Task(QgsTask):
    """The face of a job in QGIS's task manager, which owns it and deletes it at its end."""

    def __init__(self, title: str, job: Job) -> None:
        # Silent: the panel says itself how a build ended.
        super().__init__(title, QgsTask.Flag.CanCancel | QgsTask.Flag.Silent)
        self._job = job

    def run(self) -> bool:
        return _without_a_place(self._job.work)

    def cancel(self) -> None:
        self._job.stop_soon()
        super().cancel()


def run_in_background(
    title: str,
    job: Callable[[Report], T],
    *,
    done: Callable[[T], None],
    failed: Callable[[PluginError], None],
    progress: Callable[[Progress], None] | None = None,
    hidden: bool = True,
) -> Job:
    """Run a function off the GUI's thread; to be called on that thread, where the callbacks come too.

    Args:
        title: What it does; people see it where it is not hidden.
        job: The function. What it raises besides PluginError is logged and becomes one.
        done: Called with its result.
        failed: Called with the reason why there is none, JobCancelledError included.
        progress: Called with each report.
        hidden: A short one, on a thread of its own: QGIS's tasks wait for one another where there are few
            processors, and a search must not wait. Else it is a task that people see and can cancel.
    """
    running = Job(job, done, failed, progress)
    running.start(title, hidden)
    return running


def stop_all(seconds: float = 2.0) -> None:
    """Cancel and forget all jobs, and wait for their ends for so long at most."""
    jobs = list(_running)
    for job in jobs:
        job.forget()
        job.cancel()
    last = time.monotonic() + seconds
    for job in jobs:
        job.wait(last - time.monotonic())


def guarded(callback: Callable[..., None], *arguments: Any) -> None:
    """Call what must not bring down the event loop; an exception is logged, where people find it too."""
    error = _attempt(callback, *arguments).error
    if error is not None:
        _log_unexpected(error)


def _outcome_of(function: Callable[[Report], T], report: Report) -> _Outcome[T]:
    """What a job came to; its error is one that people can be told."""
    if report.cancelled():
        return _Outcome(error=JobCancelledError(tr("cancelled")))
    outcome = _attempt(function, report)
    if outcome.error is None or isinstance(outcome.error, PluginError):
        return outcome
    _log_unexpected(outcome.error)
    message = tr("unexpected {}: {}").format(type(outcome.error).__name__, outcome.error)
    return _Outcome(error=PluginError(message, tr("See the log messages panel, tab ChangeSeek")))


def _attempt(function: Callable[..., T], *arguments: Any) -> _Outcome[T]:
    """Call at the edge of a thread or of a Qt slot, behind which nobody would hear of an exception.

    An executor's future would catch it as well, but Python waits at its end for an executor's threads, and
    so would QGIS for a job that hangs.
    """
    try:
        return _Outcome(function(*arguments))
    except Exception as error:  # noqa: BLE001 - the one place
        return _Outcome(error=error)


def _log_unexpected(error: Exception) -> None:
    _log.error("unexpected", exc_info=error)
    trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    QgsMessageLog.logMessage(trace, LOG_TAB, Qgis.MessageLevel.Critical)


def _without_a_place(work: Callable[[], bool]) -> bool:
    """Work on a thread of QGIS's pool without counting there: it mostly waits for the engine."""
    pool = QgsApplication.taskManager().threadPool()
    pool.releaseThread()
    try:
        return work()
    finally:
        pool.reserveThread()
