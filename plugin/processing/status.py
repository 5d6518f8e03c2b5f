"""Processing: what is missing, and what to do next; the one algorithm that runs without an engine."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputString,
)

from ...core.engine.messages import Info, InfoAnswer, Models, ModelsAnswer, Status, StatusAnswer
from ..errors import JobCancelledError, PluginError
from ..gate.finding import find_interpreter
from ..settings import Settings
from ..translation import tr
from .base import ChangeSeekAlgorithm
from .parameters import INDEX, given, index_folder

ENGINE, MESSAGE, DEVICE, MODELS = "ENGINE", "MESSAGE", "DEVICE", "MODELS"


class StatusAlgorithm(ChangeSeekAlgorithm):
    """Nothing in, words out."""

    def name(self) -> str:
        """Part of the id `changeseek:status`."""
        return "status"

    def displayName(self) -> str:
        """In the toolbox."""
        return tr("Check the engine")

    def group(self) -> str:
        """In the toolbox."""
        return tr("Prepare")

    def groupId(self) -> str:
        """Fixed name of the group."""
        return "prepare"

    def tags(self) -> list[str]:
        """Words by which people look for it."""
        return tr("doctor,check,status,engine,device,gpu,models,version,install").split(",")

    def shortHelpString(self) -> str:
        """Beside the parameters."""
        return tr(
            "Says whether ChangeSeek's engine runs, on which device and with which models, what is missing "
            "and what to do next. With an index folder it also says how far that index is and whether its "
            "rasters have changed since."
        )

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(index_folder(optional=True))
        self.addOutput(QgsProcessingOutputBoolean(ENGINE, tr("The engine runs")))
        self.addOutput(QgsProcessingOutputString(MESSAGE, tr("What there is, and what to do next")))
        self.addOutput(QgsProcessingOutputString(DEVICE, tr("Device")))
        self.addOutput(QgsProcessingOutputString(MODELS, tr("Models, with commas between them")))

    def canExecute(self) -> tuple[bool, str]:
        """Always: to say that the engine is missing is its task."""
        return True, ""

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask, and tell an error as an answer."""
        try:
            interpreter = find_interpreter(Settings().python)
            feedback.pushInfo(tr("engine's Python: {}").format(interpreter))
            status = self.ask(Status(), feedback)
            models = self.ask(Models(), feedback)
        except JobCancelledError:
            raise
        except PluginError as error:
            feedback.pushWarning(str(error))
            return {ENGINE: False, MESSAGE: str(error), DEVICE: "", MODELS: ""}
        lines = [*describe_engine(status, models), *self._index_lines(parameters, context, feedback)]
        for line in lines:
            feedback.pushInfo(line)
        for problem in status.problems:
            feedback.pushWarning(problem)
        message = "\n".join([*lines, *status.problems])
        return {ENGINE: True, MESSAGE: message, DEVICE: status.device, MODELS: ",".join(status.models)}

    def _index_lines(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> list[str]:
        if not given(parameters, INDEX):
            return []
        try:
            return describe_index(self.ask(Info(self.folder(parameters, context)), feedback))
        except JobCancelledError:
            raise
        except PluginError as error:
            return [str(error)]


def describe_engine(status: StatusAnswer, models: ModelsAnswer) -> list[str]:
    """The engine in a few lines."""
    versions = ", ".join(f"{name} {version}" for name, version in status.versions.items())
    free = status.free_bytes / 1024**3
    return [
        tr("the engine runs on {}").format(status.device),
        *(tr("model {}: {}").format(model.name, model.summary) for model in models.models),
        tr("versions: {}").format(versions),
        tr("free disk: {} GB").format(f"{free:.1f}"),
    ]


def describe_index(info: InfoAnswer) -> list[str]:
    """An index in a few lines, with what to do next."""
    lines = [
        tr("{index}: {rows} x {cols} tiles of {tile} pixels, {state}").format(
            index=info.index, rows=info.rows, cols=info.cols, tile=info.tile, state=info.state
        )
    ]
    if info.state != "complete":
        lines.append(tr("Run “Build an index” with the same parameters again to finish it"))
    if not info.model_here:
        lines.append(tr("its model {} is not here: texts cannot be asked").format(info.model))
    for name, source in ((tr("before"), info.before), (tr("after"), info.after)):
        lines.append(tr("{}: {} ({})").format(name, source.path, source.now))
    return lines
