"""A wish that is being worked on while the script goes on: signals tell how far it is and what came of it."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.engine.messages import Progress
from ..background import Report, run_in_background
from ..errors import PluginError
from ..gate.engine import EngineGate
from .asker import Asker
from .wish import Wish


class Question(QObject):
    """Runs off the GUI's thread; all signals come on it. A build stands in QGIS's list of tasks.

    Signals:
        progressed(Progress): How far the engine is.
        finished(object): What the method of the same name without `start_` returns.
        failed(PluginError): Why nothing came of it; JobCancelledError after `cancel`.
    """

    progressed = pyqtSignal(object)
    finished = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, wish: Wish[Any, Any], gate: EngineGate) -> None:
        super().__init__()
        self._finish = wish.finish
        # The running job knows these methods, which keeps this object alive where the script drops it.

        def work(report: Report) -> Any:
            return wish.work(Asker(gate, report.progress, report.cancelled))

        self._job = run_in_background(
            wish.title, work, done=self._end, failed=self._fail, progress=self._tell, hidden=not wish.long
        )

    def cancel(self) -> None:
        """Stop; `failed` follows, unless the answer comes first. A build can go on later."""
        self._job.cancel()

    def _tell(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    def _end(self, answer: Any) -> None:
        try:
            result = self._finish(answer)
        except PluginError as error:
            self.failed.emit(error)
        else:
            self.finished.emit(result)

    def _fail(self, error: PluginError) -> None:
        self.failed.emit(error)
