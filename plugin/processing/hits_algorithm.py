"""What search and similar share: hits come out, in their style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputNumber

from ...core.engine.messages import HitsAnswer
from ..translation import tr
from .base import ChangeSeekAlgorithm
from .hits import give_hits, keep_style
from .parameters import OUTPUT, hits_output, most_hits

HITS = "HITS"


class HitsAlgorithm(ChangeSeekAlgorithm):
    """An algorithm that answers with polygons of tiles."""

    def __init__(self) -> None:
        super().__init__()
        self._layer_id = ""

    def group(self) -> str:
        """In the toolbox."""
        return tr("Ask an index")

    def groupId(self) -> str:
        """Fixed name of the group."""
        return "ask"

    def add_hits(self) -> None:
        """Declare how many hits to give, and where to."""
        self.addParameter(most_hits())
        self.addParameter(hits_output())
        self.addOutput(QgsProcessingOutputNumber(HITS, tr("Number of hits")))

    def give(
        self, parameters: dict[str, Any], context: QgsProcessingContext, answers: Sequence[HitsAnswer]
    ) -> dict[str, Any]:
        """Write the hits; the algorithm's results."""
        self._layer_id = give_hits(self, parameters, context, answers)
        return {OUTPUT: self._layer_id, HITS: sum(len(answer.hits) for answer in answers)}

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Called by Processing on the main thread."""
        keep_style(self._layer_id, context)
        return {}
