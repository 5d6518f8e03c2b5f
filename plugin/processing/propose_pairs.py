"""Processing: the pairs of tiles whose answers would tell most."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsFeatureSink,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...core.engine.messages import MODES, STRATEGIES, FeedbackPropose
from ...core.engine.messages.refinement import DEFAULT_PAIRS, MOST_PAIRS
from ..layers.crs import crs_of
from ..translation import tr
from .base import ChangeSeekAlgorithm
from .pair_features import pair_features, pair_fields
from .parameters import OUTPUT, TILE_ID, described, given, index_folder
from .queries import complaint
from .search import MODE, QUERY, WITHOUT

COUNT, STRATEGY, PAIRS = "COUNT", "STRATEGY", "PAIRS"
# Where there is no pair, nobody says which CRS none of them has.
_WORLD = "EPSG:4326"


class ProposePairsAlgorithm(ChangeSeekAlgorithm):
    """An index in, pairs of tiles out."""

    def name(self) -> str:
        """Part of the id `changeseek:propose_pairs`."""
        return "propose_pairs"

    def displayName(self) -> str:
        """In the toolbox."""
        return tr("Propose pairs to compare")

    def group(self) -> str:
        """In the toolbox."""
        return tr("Refine an index")

    def groupId(self) -> str:
        """Fixed name of the group."""
        return "refine"

    def tags(self) -> list[str]:
        """Words by which people look for it."""
        return tr("change,detection,feedback,refine,active learning,pairs,similar,label,annotate").split(",")

    def shortHelpString(self) -> str:
        """Beside the parameters."""
        return tr(
            "Proposes pairs of tiles to compare: is the same kind of change seen in both? Those come first "
            "whose answers tell most.\n\n"
            "Each feature is a pair: the outlines of both tiles, their ids, and an empty attribute “answer”. "
            "Write similar, dissimilar or skipped into it (y, n and s will do), then run “Import answers”: "
            "searches of the index get better by it.\n\n"
            "With a query or a tile the pairs are those that matter for its hits; without, those of the "
            "whole index."
        )

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(index_folder())
        text, enum = QgsProcessingParameterString, QgsProcessingParameterEnum
        choices = {"usesStaticStrings": True}
        for parameter, words in (
            (
                text(QUERY, tr("Query"), optional=True),
                tr("The search to make better; empty for all of them."),
            ),
            (
                enum(MODE, tr("Compare with"), list(MODES), defaultValue=MODES[0], **choices),
                tr("What the query is compared with: the change, the later or the earlier date."),
            ),
            (text(WITHOUT, tr("Without"), optional=True), tr("What the hits of the query should not be.")),
            (
                text(TILE_ID, tr("Tile id"), optional=True),
                tr("Make “Find similar changes” for this tile better, such as r012c034; without a query."),
            ),
            (_count(), tr("The most telling pairs are given, at most this many.")),
        ):
            self.addParameter(described(parameter, words))
        strategy = enum(STRATEGY, tr("Strategy"), list(STRATEGIES), defaultValue=STRATEGIES[0], **choices)
        words = tr(
            "How pairs are chosen: by their uncertainty, also by how different they are, or by chance."
        )
        self.addParameter(described(strategy, words, advanced=True))
        shape = Qgis.ProcessingSourceType.VectorPolygon
        self.addParameter(QgsProcessingParameterFeatureSink(OUTPUT, tr("Pairs to compare"), shape))
        self.addOutput(QgsProcessingOutputNumber(PAIRS, tr("Number of pairs")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Find fault before the engine is asked."""
        fine, words = super().checkParameterValues(parameters, context)
        if fine and given(parameters, QUERY) and given(parameters, TILE_ID):
            return False, tr("Give either a query or the id of a tile, and not both")
        if fine:
            words = complaint(self.parameterAsString(parameters, QUERY, context))
        return fine and not words, words

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask and write."""
        answer = self.ask(self._request(parameters, context), feedback)
        proposals, fields = answer.proposals, pair_fields()
        crs = crs_of(proposals[0].first.crs if proposals else _WORLD)
        shape = Qgis.WkbType.MultiPolygon
        sink, layer_id = self.parameterAsSink(parameters, OUTPUT, context, fields, shape, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, OUTPUT))
        features = list(pair_features(proposals, fields))
        if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(self.writeFeatureError(sink, parameters, OUTPUT))
        if not proposals:
            feedback.pushWarning(tr("there are no more pairs to compare"))
        return {OUTPUT: layer_id, PAIRS: len(proposals)}

    def _request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> FeedbackPropose:
        def text(name: str) -> str:
            return str(self.parameterAsString(parameters, name, context)).strip()

        return FeedbackPropose(
            self.folder(parameters, context),
            self.parameterAsInt(parameters, COUNT, context),
            self.parameterAsEnumString(parameters, STRATEGY, context),
            text=text(QUERY),
            mode=self.parameterAsEnumString(parameters, MODE, context),
            without=text(WITHOUT),
            tile_id=text(TILE_ID),
        )


def _count() -> QgsProcessingParameterNumber:
    kind = Qgis.ProcessingNumberParameterType.Integer
    number = QgsProcessingParameterNumber(COUNT, tr("Most pairs"), kind, DEFAULT_PAIRS)
    number.setMinimum(1)
    number.setMaximum(MOST_PAIRS)
    return number
