"""Parameters that several algorithms have: same name, same words, same limits."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProject,
    QgsVariantUtils,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ...core.engine.messages import DEFAULT_HITS
from ..layers.remembered import Remembered
from ..translation import tr

INDEX = "INDEX"
K = "K"
TILE_ID = "TILE_ID"
OUTPUT = "OUTPUT"
MOST_HITS = 1_000_000


def described(
    parameter: QgsProcessingParameterDefinition, words: str, *, advanced: bool = False
) -> QgsProcessingParameterDefinition:
    """A parameter with its tooltip, hidden among the advanced ones where few need it."""
    parameter.setHelp(words)
    if advanced:
        parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
    return parameter


def index_folder(*, optional: bool = False) -> QgsProcessingParameterFile:
    """INDEX: a folder that an earlier build made."""
    folder = QgsProcessingParameterFile(
        INDEX, tr("Index folder"), Qgis.ProcessingFileParameterBehavior.Folder, optional=optional
    )
    # For dialogs alone: a script that names no folder is not to work on whatever is open.
    folder.setGuiDefaultValueOverride(_open_index())
    return described(folder, tr("The folder that “Build an index” made, such as town.csx."))


def most_hits() -> QgsProcessingParameterNumber:
    """K: how many hits to give."""
    return described(
        QgsProcessingParameterNumber(
            K,
            tr("Most hits"),
            Qgis.ProcessingNumberParameterType.Integer,
            DEFAULT_HITS,
            minValue=1,
            maxValue=MOST_HITS,
        ),
        tr("The best tiles are given, at most this many for each query."),
    )


def hits_output() -> QgsProcessingParameterFeatureSink:
    """OUTPUT: hits as polygons."""
    return QgsProcessingParameterFeatureSink(OUTPUT, tr("Hits"), Qgis.ProcessingSourceType.VectorPolygon)


def _open_index() -> str | None:
    """The folder of the project's open index; None where there is none, or on a thread that may not ask."""
    application = QCoreApplication.instance()
    if application is None or QThread.currentThread() != application.thread():
        return None
    memory = Remembered(QgsProject.instance()).read()
    return None if memory is None else memory.index.index


def given(parameters: dict[str, Any], name: str) -> bool:
    """Whether the user gave an optional parameter."""
    return not QgsVariantUtils.isNull(parameters.get(name)) and parameters[name] != ""
