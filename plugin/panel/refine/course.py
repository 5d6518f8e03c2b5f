"""The course of a question: which pair comes next, what is being written, when hits are ranked again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ....core.engine.messages import (
    FeedbackStatusAnswer,
    LoggedAnswer,
    ProposalsAnswer,
    Search,
    Similar,
    UndoneAnswer,
)
from ....core.engine.messages.refinement import SKIPPED
from ...errors import PluginError
from .pair_queue import Pair, PairQueue

if TYPE_CHECKING:
    from ...workspace import Workspace

# Answers after which the hits are ranked again.
ROUND = 10
# Where fewer pairs than this wait, more are asked for while these are being answered.
AHEAD = 4
# With each of these the answers that wait to be written fail, too.
_WRITING = ("answer", "undo", "judge")
# Of a mark that cannot be written others tell.
_TOLD = ("answer", "undo", "propose", "progress")


class Course(QObject):
    """Asks the workspace; an answer counts here at once, and is on the disk when the workspace says so.

    Args:
        workspace: Asks the engine.
        parent: Owner.

    Signals:
        moved: Another pair is current, or none.
        counted: Counts of the log.
        progressed: A FeedbackStatusAnswer, and the number of the round behind it; 0 before the first.
        undone: An UndoneAnswer.
        failed: What failed, and a PluginError.
    """

    moved = pyqtSignal()
    counted = pyqtSignal(object)
    progressed = pyqtSignal(object, int)
    undone = pyqtSignal(object)
    failed = pyqtSignal(str, object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._queue = PairQueue()
        self._unwritten: deque[Pair] = deque()
        # Answers of the question before that are still being written.
        self._of_before = 0
        self.begin(None)
        workspace.pairsProposed.connect(self._on_proposed)
        workspace.answerWritten.connect(self._on_written)
        workspace.answerUndone.connect(self._on_undone)
        workspace.feedbackKnown.connect(self._on_progress)
        workspace.failed.connect(self._on_failed)

    @property
    def current(self) -> Pair | None:
        """The pair to answer now."""
        return self._queue.current

    @property
    def answered(self) -> int:
        """Answers since the hits were ranked last."""
        return self._answered

    def begin(self, asked: Search | Similar | None) -> None:
        """Another question, or None for all of the index: what waits for an answer is of no use any more."""
        self.asked = asked
        self.exhausted = False
        self._queue.clear()
        self._of_before += len(self._unwritten)
        self._unwritten.clear()
        # For each ranking that is due, how many answers are to be written before.
        self._due: list[int] = []
        self._proposing = self._knows_progress = False
        self._answered = self._since = self._rounds = 0

    def tiles_ahead(self) -> list[str]:
        """The tiles of the pair to answer now and of those after it, each once."""
        pairs = self._queue.ahead(AHEAD)
        return list(dict.fromkeys(tile for pair in pairs for tile in (pair.first, pair.second)))

    def look_ahead(self) -> None:
        """Ask for pairs where few are left."""
        if len(self._queue) < AHEAD and not self._proposing and not self.exhausted:
            self._proposing = True
            known = len(self._queue) + len(self._unwritten)
            self._workspace.propose_pairs(ROUND + known, self.asked)

    def answer(self, verdict: str) -> None:
        """Say something of the current pair, and go on."""
        pair = self._queue.take()
        if pair is None:
            return
        self._unwritten.append(pair)
        self._workspace.answer_pair(pair.first, pair.second, verdict)
        self._answered += verdict != SKIPPED
        if self._answered >= ROUND:
            self.rank()
        self.moved.emit()

    def undo(self) -> None:
        """Take the last answer back."""
        self._workspace.undo_answer()

    def ask_next(self, pairs: list[Pair]) -> None:
        """Ask about these before the others."""
        self._queue.ask_next(pairs)
        self.moved.emit()

    def rank(self) -> None:
        """Rank the hits with what has been answered, as soon as that is written."""
        self._answered = 0
        self._rounds += 1
        self._due.append(len(self._unwritten))
        self._rank_what_is_written()

    def _rank_what_is_written(self) -> None:
        waiting = [due for due in self._due if due > 0]
        if len(waiting) < len(self._due):
            self._due = waiting
            self._workspace.rank_again()
            self._workspace.ask_progress(self.asked, self._since)

    def _on_proposed(self, answer: ProposalsAnswer) -> None:
        if not self._proposing:
            return
        self._proposing = False
        pairs = [Pair(one.first.tile_id, one.second.tile_id, one.why) for one in answer.proposals]
        self.exhausted = self._queue.add(pairs) == 0
        self.counted.emit(answer.counts)
        if not self._knows_progress:
            self._knows_progress, self._since = True, answer.counts.revision
            if answer.counts.revision:
                self._workspace.ask_progress(self.asked, 0)
        self.moved.emit()

    def _on_written(self, answer: LoggedAnswer) -> None:
        if self._of_before:
            self._of_before -= 1
            return
        if self._unwritten:
            self._unwritten.popleft()
        self._due = [due - 1 for due in self._due]
        self.counted.emit(answer.counts)
        self._rank_what_is_written()

    def _on_undone(self, answer: UndoneAnswer) -> None:
        self.counted.emit(answer.counts)
        if answer.id and answer.verdict != SKIPPED:
            # A hit that was judged is none of the round's pairs.
            if self._answered and len(answer.tile_ids) == 2:
                self._answered -= 1
            else:
                self._due.append(0)
                self._rank_what_is_written()
        if len(answer.tile_ids) == 2:
            self._queue.ask_next([Pair(*answer.tile_ids)])
        self.undone.emit(answer)
        self.moved.emit()

    def _on_progress(self, status: FeedbackStatusAnswer) -> None:
        # Where a round was quicker than the engine, the next one tells of both.
        self._since = status.counts.revision
        self.counted.emit(status.counts)
        self.progressed.emit(status, self._rounds)

    def _on_failed(self, what: str, error: PluginError) -> None:
        if what in _WRITING:
            self._ask_unwritten_again()
        elif what == "propose":
            self._proposing = False
        if what in _TOLD:
            self.failed.emit(what, error)

    def _ask_unwritten_again(self) -> None:
        self._of_before = 0
        if self._unwritten:
            self._answered = max(0, self._answered - len(self._unwritten))
            self._queue.ask_next(self._unwritten)
            self._unwritten.clear()
            self._due.clear()
            self.moved.emit()
