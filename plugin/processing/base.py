"""What all algorithms share: how the engine is asked, and how its errors are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon

from ...core.engine.messages import Request
from ..errors import JobCancelledError, PluginError
from ..gate.finding import find_interpreter
from ..settings import Settings
from ..translation import tr
from .parameters import INDEX
from .paths import absolute
from .watching import Watch

ROOT = Path(__file__).resolve().parent.parent.parent
A = TypeVar("A")


@contextmanager
def told_by_processing() -> Iterator[None]:
    """Turn the plugin's errors into the one kind that Processing shows: message and advice on one line."""
    try:
        yield
    except PluginError as error:
        raise QgsProcessingException(str(error)) from error


class ChangeSeekAlgorithm(QgsProcessingAlgorithm):
    """An algorithm that asks the engine.

    Subclasses take what they need of layers in `take`, on the main thread, and answer in `answer`, on
    whichever thread Processing chose. A cancelled run has no results.
    """

    def __init__(self) -> None:
        super().__init__()
        self._refusal = ""

    def createInstance(self) -> ChangeSeekAlgorithm:
        """Give Processing one of its own for each run."""
        return type(self)()

    def svgIconPath(self) -> str:
        """A picture named as the algorithm."""
        return str(ROOT / "resources" / "icons" / f"{self.name()}.svg")

    def icon(self) -> QIcon:
        """The same picture for widgets."""
        return QIcon(self.svgIconPath())

    def helpUrl(self) -> str:
        """The shipped page, at this algorithm's part."""
        page = QUrl.fromLocalFile(str(ROOT / "docs" / "processing.md"))
        page.setFragment(self.name())
        return str(page.toString())

    def canExecute(self) -> tuple[bool, str]:
        """Whether an engine's interpreter is found; looks at files only and starts nothing."""
        try:
            find_interpreter(Settings().python)
        except PluginError as error:
            return False, str(error)
        return True, ""

    def take(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Take what is needed of layers; main thread.

        Raises:
            PluginError: They are of no use.
        """

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask the engine and give the results by output name; any thread."""
        raise NotImplementedError

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> bool:
        """Called by Processing on the main thread."""
        try:
            self.take(parameters, context)
        except PluginError as error:
            # Processing drops what is raised here; raised by processAlgorithm it reaches whoever called.
            self._refusal = str(error)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Called by Processing on any thread."""
        if self._refusal:
            raise QgsProcessingException(self._refusal)
        with told_by_processing():
            try:
                return self.answer(parameters, context, feedback)
            except JobCancelledError as stopped:
                feedback.pushInfo(str(stopped))
                return {}

    def folder(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """The index folder, INDEX, as the engine finds it."""
        return absolute(self.parameterAsString(parameters, INDEX, context))

    def ask(self, request: Request[A], feedback: QgsProcessingFeedback, *, silent: bool = False) -> A:
        """Ask the engine and wait.

        Args:
            request: One of `core.engine.messages`.
            feedback: Stops the request when it is cancelled.
            silent: Do not tell the request's own progress, where it is but one of several.

        Raises:
            PluginError: The engine is missing, stopped, or cannot do what was asked.
            JobCancelledError: The user stopped it.
        """
        if feedback.isCanceled():
            raise JobCancelledError(tr("cancelled"))
        # Only now: QGIS waits for this module at its start.
        from ..gate.session import the_gate

        tell = None if silent else Watch(feedback).tell
        return the_gate().call(request, progress=tell, cancelled=feedback.isCanceled)
