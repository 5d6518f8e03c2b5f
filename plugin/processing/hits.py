"""Hits written to whatever Processing's user chose, and given their style when they reach the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    Qgis,
    QgsFeatureSink,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingUtils,
    QgsVectorLayer,
)
from qgis.PyQt import sip

from ...core.engine.messages import HitsAnswer
from ..layers.hits import hit_features, hit_fields, hits_crs, style_hits
from ..translation import tr
from .parameters import OUTPUT

_LONGEST_NAME = 60


# The context of a run owns its post-processor and deletes it, but does not keep the Python half of it alive.
_kept: list[StyleHits] = []


class StyleHits(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer of hits once it is on the map; one for each run."""

    def postProcessLayer(
        self, layer: QgsVectorLayer, _context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> None:
        """Called by Processing on the main thread."""
        if isinstance(layer, QgsVectorLayer):
            style_hits(layer)


def give_hits(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    answers: Sequence[HitsAnswer],
) -> str:
    """Write hits to the algorithm's OUTPUT.

    Args:
        algorithm: Which has a feature sink OUTPUT.
        parameters: Of the run.
        context: Of the run.
        answers: One for each query, all of one index.

    Returns:
        Name of the layer for Processing's results.

    Raises:
        QgsProcessingException: The output cannot be written.
    """
    fields = hit_fields()
    crs = hits_crs(next((answer for answer in answers if answer.hits), answers[0]))
    sink, layer_id = algorithm.parameterAsSink(parameters, OUTPUT, context, fields, Qgis.WkbType.Polygon, crs)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, OUTPUT))
    for answer in answers:
        features = list(hit_features(answer, fields))
        if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT))
    _announce(context, layer_id, [answer.query for answer in answers])
    return str(layer_id)


def say_found(answer: HitsAnswer, feedback: QgsProcessingFeedback) -> None:
    """Tell how many hits there are, and what the user should know about them."""
    feedback.pushInfo(
        tr("{hits} hits among {tiles} tiles for “{query}”").format(
            hits=len(answer.hits), tiles=answer.tiles, query=answer.query
        )
    )
    for note in answer.notes:
        feedback.pushWarning(note)


def keep_style(layer_id: str, context: QgsProcessingContext) -> None:
    """Store the style in a GeoPackage, so that it is there whenever the file is opened; main thread."""
    if ".gpkg" not in layer_id.lower():
        return
    layer = QgsProcessingUtils.mapLayerFromString(layer_id, context)
    if isinstance(layer, QgsVectorLayer):
        style_hits(layer)
        layer.saveStyleToDatabase(layer.name(), tr("Tiles by score"), True, "")


def _announce(context: QgsProcessingContext, layer_id: str, queries: Sequence[str]) -> None:
    if not context.willLoadLayerOnCompletion(layer_id):
        return
    details = context.layerToLoadOnCompletionDetails(layer_id)
    # A name that a model gave to its own output stays.
    if len(queries) == 1 and details.name == tr("Hits"):
        details.name = tr("Hits: {}").format(queries[0])[:_LONGEST_NAME]
    style = StyleHits()
    _kept[:] = [*(other for other in _kept if not sip.isdeleted(other)), style]
    details.setPostProcessor(style)
