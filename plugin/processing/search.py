"""Processing: the tiles that answer texts."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from ...core.engine.messages import MODES, HitsAnswer, Search
from ..translation import tr
from .hits import say_found
from .hits_algorithm import HitsAlgorithm
from .parameters import K, described, index_folder
from .queries import complaint, lines_of

QUERY, MODE, WITHOUT = "QUERY", "MODE", "WITHOUT"


class SearchAlgorithm(HitsAlgorithm):
    """Texts in, polygons of tiles out."""

    def name(self) -> str:
        """Part of the id `changeseek:search`."""
        return "search"

    def displayName(self) -> str:
        """In the toolbox."""
        return tr("Search for a change")

    def tags(self) -> list[str]:
        """Words by which people look for it."""
        return tr("change,detection,text,query,find,transition,before,after,hits").split(",")

    def shortHelpString(self) -> str:
        """Beside the parameters."""
        return tr(
            "Finds the tiles where something happened, best first.\n\n"
            'Say what happened ("houses built where there was forest"), or name what was there and what '
            'came in its place ("forest -> houses"). With the mode “after” or “before” say what lies on the '
            'ground at that date ("a lake"). One line is one query; each has its own ranks.\n\n'
            "The score compares tiles within one query; the percentile says how many tiles of the index "
            "score lower."
        )

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(index_folder())
        self.addParameter(
            described(
                QgsProcessingParameterString(QUERY, tr("Queries, one a line"), multiLine=True),
                tr('What happened, or "forest -> houses".'),
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterEnum(
                    MODE, tr("Compare with"), list(MODES), defaultValue=MODES[0], usesStaticStrings=True
                ),
                tr("What the text is compared with: the change, the later or the earlier date."),
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterString(WITHOUT, tr("Without"), optional=True),
                tr("What the hits should not be, such as “a field ploughed”."),
            )
        )
        self.add_hits()

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Find fault before the engine is asked."""
        fine, words = super().checkParameterValues(parameters, context)
        if not fine:
            return fine, words
        queries = lines_of(self.parameterAsString(parameters, QUERY, context))
        if not queries:
            return False, tr('The query is empty. Say what changed, for example "houses built on fields"')
        without = self.parameterAsString(parameters, WITHOUT, context)
        words = next(filter(None, map(complaint, [*queries, without])), "")
        return not words, words

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask one query after the other."""
        answers: list[HitsAnswer] = []
        queries = self._requests(parameters, context)
        for number, query in enumerate(queries):
            feedback.setProgress(100 * number / len(queries))
            answers.append(self.ask(query, feedback, silent=True))
            say_found(answers[-1], feedback)
        return self.give(parameters, context, answers)

    def _requests(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[Search]:
        folder = self.folder(parameters, context)
        mode = self.parameterAsEnumString(parameters, MODE, context)
        k = self.parameterAsInt(parameters, K, context)
        without = self.parameterAsString(parameters, WITHOUT, context).strip()
        queries = lines_of(self.parameterAsString(parameters, QUERY, context))
        return [Search(folder, query, mode, k, without) for query in queries]
