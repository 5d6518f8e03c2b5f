"""Questions that need no open index: the plan of a build and the build, the engine itself."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.engine.messages import BuildIndex, Hello, IndexAnswer, Models, Plan, Status, Vocabulary
from ..errors import JobCancelledError, PluginError
from ..gate.engine import EngineGate
from ..translation import tr
from .asking import Asking
from .history import note_build


class Questions(QObject):
    """Asks the engine; each method returns at once, and a signal brings the answer.

    Args:
        gate: To the engine.
        parent: Owner.

    Signals:
        planned: A PlanAnswer.
        buildProgressed: A Progress.
        buildEnded: An IndexAnswer, or None where the build was cancelled; a fault comes by `failed`.
        modelsKnown: A ModelsAnswer.
        statusKnown: A StatusAnswer.
        vocabularyKnown: A VocabularyAnswer.
        helloKnown: A HelloAnswer.
        failed: What failed ("plan", "build", "models", "status", "vocabulary", "hello"), and a PluginError.
    """

    planned = pyqtSignal(object)
    buildProgressed = pyqtSignal(object)  # noqa: N815 - as Qt names signals, here and below
    buildEnded = pyqtSignal(object)  # noqa: N815
    modelsKnown = pyqtSignal(object)  # noqa: N815
    statusKnown = pyqtSignal(object)  # noqa: N815
    vocabularyKnown = pyqtSignal(object)  # noqa: N815
    helloKnown = pyqtSignal(object)  # noqa: N815
    failed = pyqtSignal(str, object)

    def __init__(self, gate: EngineGate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = Asking(gate, self._on_failure)

    @property
    def building(self) -> bool:
        """Whether a build is under way."""
        return self._asking.is_running("build")

    def plan(self, request: Plan) -> None:
        """Ask what a build would do."""
        self._asking.ask("plan", request, self.planned.emit)

    def build(self, request: BuildIndex) -> None:
        """Build an index, or go on with it; people see it among QGIS's tasks."""
        self._asking.run(
            "build",
            lambda report: self._asking.call(request, report),
            lambda built: self._on_built(request, built),
            progress=self.buildProgressed.emit,
            title=tr("ChangeSeek: building {}").format(Path(request.directory).name),
        )

    def cancel_build(self) -> None:
        """Stop the build; it can go on later."""
        self._asking.cancel("build")

    def ask_models(self) -> None:
        """Ask which models are here."""
        self._asking.ask("models", Models(), self.modelsKnown.emit)

    def ask_status(self) -> None:
        """Ask what the engine's machine has."""
        self._asking.ask("status", Status(), self.statusKnown.emit)

    def ask_vocabulary(self) -> None:
        """Ask for words to complete with; where no engine runs, once a question has started one."""
        known = self.vocabularyKnown.emit
        self._asking.when_running("vocabulary", lambda: self._asking.ask("vocabulary", Vocabulary(), known))

    def say_hello(self) -> None:
        """Ask which engine answers; where none runs, once a question has started one."""
        known = self.helloKnown.emit
        self._asking.when_running("hello", lambda: self._asking.ask("hello", Hello(), known))

    def _on_built(self, request: BuildIndex, built: IndexAnswer) -> None:
        note_build(request, built)
        self.buildEnded.emit(built)

    def _on_failure(self, what: str, error: PluginError) -> None:
        if not isinstance(error, JobCancelledError):
            self.failed.emit(what, error)
        elif what == "build":
            self.buildEnded.emit(None)
