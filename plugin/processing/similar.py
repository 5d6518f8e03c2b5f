"""Processing: the tiles that changed as one tile did."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterString,
)

from ...core.engine.messages import Similar
from ..translation import tr
from .hits import say_found
from .hits_algorithm import HitsAlgorithm
from .parameters import TILE_ID, K, described, index_folder


class SimilarAlgorithm(HitsAlgorithm):
    """A tile in, polygons of tiles out."""

    def name(self) -> str:
        """Part of the id `changeseek:similar`."""
        return "similar"

    def displayName(self) -> str:
        """In the toolbox."""
        return tr("Find similar changes")

    def tags(self) -> list[str]:
        """Words by which people look for it."""
        return tr("change,detection,similar,more like this,example,neighbours,hits").split(",")

    def shortHelpString(self) -> str:
        """Beside the parameters."""
        return tr(
            "Finds the tiles that changed most as the named one did, best first, without itself.\n\n"
            "The id of a tile is an attribute of every hit, such as r012c034."
        )

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(index_folder())
        self.addParameter(
            described(
                QgsProcessingParameterString(TILE_ID, tr("Tile id")),
                tr("Such as r012c034: row 12, column 34."),
            )
        )
        self.add_hits()

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Find fault before the engine is asked."""
        fine, words = super().checkParameterValues(parameters, context)
        if fine and not self.parameterAsString(parameters, TILE_ID, context).strip():
            return False, tr("No tile is named. Give the id of a tile, such as r012c034")
        return fine, words

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask and write."""
        request = Similar(
            self.folder(parameters, context),
            self.parameterAsString(parameters, TILE_ID, context).strip(),
            self.parameterAsInt(parameters, K, context),
        )
        answer = self.ask(request, feedback)
        say_found(answer, feedback)
        return self.give(parameters, context, [answer])
