"""Relevance feedback: pairs to look at, what people say of them, and how far that has got."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import pyqtSignal

from ...core.engine.messages import (
    FeedbackAnswer,
    FeedbackJudge,
    FeedbackPropose,
    FeedbackStatus,
    FeedbackStatusAnswer,
    FeedbackUndo,
    LoggedAnswer,
    Search,
    Similar,
    UndoneAnswer,
)
from ...core.engine.messages.refinement import COMPARED_HITS, WITHDRAWN
from ..errors import LayerError, PluginError
from .session import IndexSession
from .writing import WRITE, Entry, Writing

# What QGIS's user waits for at its end, where the engine is busy.
_SECONDS_TO_WRITE = 5.0


class Refining(IndexSession):
    """Asks about pairs of the open index, for the last question that was answered or for all of the index.

    Signals:
        pairsProposed: A ProposalsAnswer.
        answerWritten: A LoggedAnswer: what was said of a pair is on the disk.
        answerUndone: An UndoneAnswer.
        feedbackKnown: A FeedbackStatusAnswer.
        verdictTaken: A tile id whose last mark was taken back with the answers.
        failed: Besides those of IndexSession "propose", "answer", "undo", "judge" and "progress". Where
            one cannot be written, those that wait behind it are not either.
    """

    pairsProposed = pyqtSignal(object)  # noqa: N815 - as Qt names signals, here and below
    answerWritten = pyqtSignal(object)  # noqa: N815
    answerUndone = pyqtSignal(object)  # noqa: N815
    feedbackKnown = pyqtSignal(object)  # noqa: N815
    verdictTaken = pyqtSignal(str)  # noqa: N815

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._writing = Writing(self._asking)

    def teardown(self) -> None:
        """Write the answers that wait, then let go of everything."""
        self._writing.finish(_SECONDS_TO_WRITE)
        super().teardown()

    @property
    def question(self) -> Search | Similar | None:
        """The last question that was answered."""
        return None if self._open is None else self._open.asked

    def propose_pairs(self, count: int, asked: Search | Similar | None) -> None:
        """Ask for the pairs whose answers tell most; about a question, or about all of the index."""
        if self._open is not None:
            request = FeedbackPropose(self._open.info.index, count, **named(asked))
            self._asking.ask("propose", request, self.pairsProposed.emit)

    def answer_pair(self, first: str, second: str, verdict: str) -> None:
        """Write that two tiles are similar, dissimilar, or were skipped."""
        if self._open is not None:
            request = FeedbackAnswer(self._open.info.index, first, second, verdict)
            self._writing.write(Entry("answer", request, self.answerWritten.emit))

    def undo_answer(self) -> None:
        """Take the last answer back, after what waits to be written."""
        if self._open is not None:
            index = self._open.info.index
            entry = Entry("undo", FeedbackUndo(index), lambda undone: self._on_undone(index, undone))
            self._writing.write(entry)

    def judge(self, tile_id: str, verdict: str) -> None:
        """Write that a hit of the last question was kept or rejected; empty takes that back."""
        if self._open is not None and self._open.asked is not None:
            index, asked = self._open.info.index, self._open.asked
            request = FeedbackJudge(index, tile_id, verdict or WITHDRAWN, **named(asked))
            self._writing.write(Entry("judge", request, self._on_judged))

    def ask_progress(self, asked: Search | Similar | None, since: int) -> None:
        """Ask how far it has got, and what has changed in a question's ranking since a revision."""
        if self._open is not None:
            hits = min(COMPARED_HITS, asked.k) if asked is not None else COMPARED_HITS
            request = FeedbackStatus(self._open.info.index, **named(asked), since=since, hits=hits)
            self._asking.ask("progress", request, lambda status: self._on_progress(asked, status))

    def _on_progress(self, asked: Search | Similar | None, status: FeedbackStatusAnswer) -> None:
        if asked is None or asked == self.question:
            self.feedbackKnown.emit(status)  # else the hits of another question are shown by now

    def _on_judged(self, answer: LoggedAnswer) -> None:
        """The list shows the mark already."""

    def _on_undone(self, index: str, undone: UndoneAnswer) -> None:
        if self._open is None or self._open.info.index != index:
            return  # the tiles of another index would be taken for those of this one
        tile_id = undone.tile_ids[0] if len(undone.tile_ids) == 1 else ""
        shown = tile_id and _asked_alike(self._open.asked, undone)
        if shown and self._mark_on_map(tile_id, undone.left):
            self.verdictTaken.emit(tile_id)
        self.answerUndone.emit(undone)

    def _mark_on_map(self, tile_id: str, verdict: str) -> bool:
        """Write a mark into the layer of hits; whether that went well."""
        if self._open is None:
            return False
        try:
            self._open.on_map.mark(tile_id, verdict)
        except LayerError as error:
            self.failed.emit("review", error)
            return False
        return True

    def _on_failure(self, what: str, error: PluginError) -> None:
        super()._on_failure(self._writing.give_up() if what == WRITE else what, error)


def named(asked: Search | Similar | None) -> dict[str, Any]:
    """How requests about feedback name a question; nothing for none."""
    if isinstance(asked, Search):
        return {"text": asked.text, "mode": asked.mode, "without": asked.without}
    return {"tile_id": asked.tile_id} if asked is not None else {}


def _asked_alike(asked: Search | Similar | None, undone: UndoneAnswer) -> bool:
    """Whether a mark that was taken back is one of the hits that are shown; blanks make no other question."""
    if isinstance(asked, Search):
        question = (" ".join(asked.text.split()), asked.mode, " ".join(asked.without.split()))
        return question == (undone.text, undone.mode, undone.without)
    return asked is not None and not undone.text and asked.tile_id == undone.tile_id
