"""Processing: answers about pairs of tiles, from a table or from another copy of the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsVariantUtils,
)

from ...core.engine.messages import FeedbackAnswer, FeedbackImport, FeedbackStatus
from ..errors import BadRequestError, LayerError
from ..translation import tr
from .base import ChangeSeekAlgorithm
from .feedback_words import verdict_of
from .pair_features import ANSWER, FIRST, SECOND
from .parameters import described, given, index_folder
from .paths import absolute
from .unknown_tiles import UNKNOWN

ANSWERS, LOG, ANNOTATOR = "ANSWERS", "LOG", "ANNOTATOR"
# Parameters that name the attributes, and what these are called where nothing is said.
FIELDS = {"FIRST": FIRST, "SECOND": SECOND, "ANSWER": ANSWER}
ADDED, LEFT_OUT, CONFLICTS = "ADDED", "LEFT_OUT", "CONFLICTS"
_MOST_NAMED = 10


@dataclass(frozen=True)
class _Row:
    number: int
    first: str
    second: str
    answer: str


class ImportAnswersAlgorithm(ChangeSeekAlgorithm):
    """A table in, lines in the index's log of answers."""

    def name(self) -> str:
        """Part of the id `changeseek:import_answers`."""
        return "import_answers"

    def displayName(self) -> str:
        """In the toolbox."""
        return tr("Import answers")

    def group(self) -> str:
        """In the toolbox."""
        return tr("Refine an index")

    def groupId(self) -> str:
        """Fixed name of the group."""
        return "refine"

    def tags(self) -> list[str]:
        """Words by which people look for it."""
        return tr("change,detection,feedback,refine,active learning,pairs,answers,labels,merge,log").split(
            ","
        )

    def shortHelpString(self) -> str:
        """Beside the parameters."""
        return tr(
            "Writes what people said of pairs of tiles into the log of an index. Searches and “Find similar "
            "changes” count it from then on.\n\n"
            "Give a layer or a table such as a CSV file with two ids of tiles and an answer in each row: "
            "similar, dissimilar or skipped (also y, n, s). That is what “Propose pairs to compare” makes. "
            "Rows without an answer are left out.\n\n"
            "Or give a file that another copy of the index has exported: its answers are merged, and those "
            "that are here already stay as they are."
        )

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(index_folder())
        kinds = [int(Qgis.ProcessingSourceType.Vector)]
        table = QgsProcessingParameterFeatureSource(ANSWERS, tr("Table of answers"), kinds, optional=True)
        self.addParameter(described(table, tr("A layer or a file, a row for each pair.")))
        for name, words in (
            ("FIRST", tr("Attribute with the first tile's id")),
            ("SECOND", tr("Attribute with the second tile's id")),
            ("ANSWER", tr("Attribute with the answer")),
        ):
            field = QgsProcessingParameterField(name, words, FIELDS[name], ANSWERS, optional=True)
            tip = tr("As “Propose pairs to compare” names it, where nothing else is said.")
            self.addParameter(described(field, tip, advanced=True))
        log = QgsProcessingParameterFile(LOG, tr("Exported answers"), optional=True)
        self.addParameter(described(log, tr("A file that `changeseek feedback … export` wrote.")))
        annotator = QgsProcessingParameterString(ANNOTATOR, tr("Who answered"), optional=True)
        self.addParameter(described(annotator, tr("Empty takes your user name."), advanced=True))
        self.addOutput(QgsProcessingOutputNumber(ADDED, tr("Answers that were added")))
        self.addOutput(QgsProcessingOutputNumber(LEFT_OUT, tr("Rows that were left out")))
        self.addOutput(QgsProcessingOutputNumber(CONFLICTS, tr("Contradictions among all answers")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Find fault before the engine is asked."""
        fine, words = super().checkParameterValues(parameters, context)
        if fine and given(parameters, ANSWERS) == given(parameters, LOG):
            return False, tr("Give either a table of answers or a file of exported ones, and not both")
        return fine, words

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Write them one by one, or merge the file."""
        if given(parameters, LOG):
            return self._merge(parameters, context, feedback)
        rows = list(self._rows(parameters, context))
        folder = self.folder(parameters, context)
        annotator = self.parameterAsString(parameters, ANNOTATOR, context).strip()
        left_out: list[_Row] = []
        for done, row in enumerate(rows):
            feedback.setProgress(100 * done / len(rows))
            if not self._write(folder, row, annotator, feedback):
                left_out.append(row)
        _warn_of([row for row in left_out if row.answer], feedback)
        status = self.ask(FeedbackStatus(folder), feedback, silent=True)
        return {
            ADDED: len(rows) - len(left_out),
            LEFT_OUT: len(left_out),
            CONFLICTS: status.counts.conflicts,
        }

    def _write(self, folder: str, row: _Row, annotator: str, feedback: QgsProcessingFeedback) -> bool:
        """Whether the row has an answer about two tiles of the index."""
        verdict = verdict_of(row.answer)
        if verdict is None or not row.first or not row.second or row.first == row.second:
            return False
        try:
            self.ask(FeedbackAnswer(folder, row.first, row.second, verdict, annotator), feedback, silent=True)
        except BadRequestError as error:
            if error.kind != UNKNOWN:
                raise
            return False
        return True

    def _merge(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        file = absolute(self.parameterAsString(parameters, LOG, context))
        merged = self.ask(FeedbackImport(self.folder(parameters, context), file), feedback)
        feedback.pushInfo(
            tr("{} answers were added, {} were here already").format(merged.added, merged.known)
        )
        left_out = len(merged.damaged_lines) + merged.unknown_tiles
        if left_out:
            words = tr("{} lines cannot be read, {} are of tiles that the index does not hold")
            feedback.pushWarning(words.format(len(merged.damaged_lines), merged.unknown_tiles))
        return {ADDED: merged.added, LEFT_OUT: left_out, CONFLICTS: merged.counts.conflicts}

    def _rows(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Iterator[_Row]:
        source = self.parameterAsSource(parameters, ANSWERS, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, ANSWERS))
        names = [self.parameterAsString(parameters, name, context) or FIELDS[name] for name in FIELDS]
        places = [_place_of(source, name) for name in names]
        for number, feature in enumerate(source.getFeatures(), start=1):
            yield _Row(number, *(_text(feature.attribute(place)) for place in places))


def _place_of(source: QgsProcessingFeatureSource, name: str) -> int:
    place = int(source.fields().lookupField(name))
    if place < 0:
        raise LayerError(
            tr("the table {} has no attribute {}").format(source.sourceName(), name),
            tr("Name the attributes that hold both tile ids and the answer"),
        )
    return place


def _text(value: object) -> str:
    return "" if QgsVariantUtils.isNull(value) else str(value).strip()


def _warn_of(rows: list[_Row], feedback: QgsProcessingFeedback) -> None:
    if not rows:
        return
    named = ", ".join(f"{row.number} ({row.first}, {row.second}: {row.answer})" for row in rows[:_MOST_NAMED])
    feedback.pushWarning(
        tr("{} rows do not name two tiles of the index, or say something else than an answer: {}").format(
            len(rows), named + (" …" if len(rows) > _MOST_NAMED else "")
        )
    )
