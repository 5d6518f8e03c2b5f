"""Parameters that several algorithms have: same name, same words, same limits."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsVariantUtils,
)

from ...core.engine.messages import DEFAULT_HITS
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
    return described(
        QgsProcessingParameterFile(
            INDEX, tr("Index folder"), Qgis.ProcessingFileParameterBehavior.Folder, optional=optional
        ),
        tr("The folder that “Build an index” made, such as town.csx."),
    )


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


def given(parameters: dict[str, Any], name: str) -> bool:
    """Whether the user gave an optional parameter."""
    return not QgsVariantUtils.isNull(parameters.get(name)) and parameters[name] != ""
