"""The methods by which a script says which tiles are similar, so that searches get better."""

from __future__ import annotations

from typing import TypeVar

from ...core.engine.messages import (
    STRATEGIES,
    ExportedAnswers,
    FeedbackAnswer,
    FeedbackExport,
    FeedbackImport,
    FeedbackPropose,
    FeedbackStatus,
    FeedbackStatusAnswer,
    FeedbackUndo,
    ImportedAnswers,
    LoggedAnswer,
    Proposal,
    Request,
    UndoneAnswer,
)
from ...core.engine.messages.refinement import DEFAULT_PAIRS
from ..translation import tr
from .given import Path, path_of
from .starting import Starting
from .waiting import wait_for
from .wish import Wish, as_it_is

A = TypeVar("A")


class Refining(Starting):
    """Relevance feedback: every answer is on the disk, in the index's log, when its method returns."""

    def propose_pairs(
        self,
        index: Path,
        count: int = DEFAULT_PAIRS,
        *,
        text: str = "",
        mode: str = "change",
        without: str = "",
        tile_id: str = "",
        strategy: str = STRATEGIES[0],
    ) -> tuple[Proposal, ...]:
        """The pairs of tiles whose answers would tell most, the most telling first.

        Args:
            index: An index folder.
            count: Most pairs to give.
            text: Refine this search; with neither text nor tile_id, all of the index.
            mode: Of the search: change, after or before.
            without: Of the search: what its hits should not be.
            tile_id: Refine what is similar to this tile.
            strategy: One of `core.engine.messages.STRATEGIES`.
        """
        request = FeedbackPropose(path_of(index), count, strategy, text.strip(), mode, without, tile_id)
        return self._ask(tr("ChangeSeek: choosing pairs"), request).proposals

    def answer(
        self, index: Path, first: str, second: str, verdict: str, *, annotator: str = ""
    ) -> LoggedAnswer:
        """Say of two tiles whether the same kind of change is seen in both.

        Args:
            index: An index folder.
            first: Tile id.
            second: Tile id.
            verdict: similar, dissimilar or skipped.
            annotator: Who says so; empty takes the user's name.
        """
        request = FeedbackAnswer(path_of(index), first, second, verdict, annotator)
        return self._ask(tr("ChangeSeek: writing an answer"), request)

    def undo(self, index: Path, *, annotator: str = "") -> UndoneAnswer:
        """Take the last answer back; again for the one before."""
        return self._ask(tr("ChangeSeek: taking back"), FeedbackUndo(path_of(index), annotator))

    def feedback(
        self,
        index: Path,
        text: str = "",
        *,
        mode: str = "change",
        without: str = "",
        tile_id: str = "",
        since: int = 0,
    ) -> FeedbackStatusAnswer:
        """How many answers there are, what they do to a search, what precision to expect, whether to go on.

        Args:
            index: An index folder.
            text: The search; empty tells of the log alone.
            mode: Of the search.
            without: Of the search.
            tile_id: Tell of what is similar to this tile instead.
            since: Revision of the log to compare the ranking with; 0 is before all answers.
        """
        request = FeedbackStatus(path_of(index), text.strip(), mode, without, tile_id, since)
        return self._ask(tr("ChangeSeek: looking at answers"), request)

    def export_answers(self, index: Path, output: Path) -> ExportedAnswers:
        """Write the log to a file, for another copy of the same index; one of that name is replaced."""
        request = FeedbackExport(path_of(index), path_of(output))
        return self._ask(tr("ChangeSeek: exporting answers"), request)

    def import_answers(self, index: Path, file: Path) -> ImportedAnswers:
        """Merge the answers that another copy of the index has exported; done twice it adds nothing."""
        request = FeedbackImport(path_of(index), path_of(file))
        return self._ask(tr("ChangeSeek: importing answers"), request)

    def _ask(self, title: str, request: Request[A]) -> A:
        wish: Wish[A, A] = Wish(title, lambda asker: asker.ask(request), as_it_is)
        return wait_for(wish, self._gate, None)
