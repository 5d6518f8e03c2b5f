"""The question about two tiles, its keys and buttons, and what the answers have done so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ....core.engine.messages import Conflict, FeedbackStatusAnswer
from ...translation import tr
from ..search.picture_store import Pictures
from ..states import MessageStrip, wrapped
from ..words import sentence
from .answer_bar import AnswerBar
from .conflict_list import ConflictList
from .keys import FLICKER, command_of
from .pair_queue import Pair
from .pair_view import PairView
from .progress_view import ProgressView


class QuestionPage(QWidget):
    """Shows; asks nothing.

    Args:
        pictures_of: Gives both dates of a tile, None while they are on their way.
        length: Answers of a round.
        seconds: How long each date is shown while the dates alternate.

    Signals:
        commanded: One of `keys.COMMANDS`, by key or button, but for FLICKER, which happens here.
    """

    commanded = pyqtSignal(str)

    def __init__(
        self,
        pictures_of: Callable[[str], Pictures | None],
        length: int,
        seconds: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_refine_page")
        self._seconds = seconds
        self._flickers = False
        self.pair = PairView(pictures_of)
        self.progress = ProgressView(length)
        self.conflicts = ConflictList()
        self.advice = MessageStrip()
        self.advice.setObjectName("changeseek_refine_advice")
        self._bar = AnswerBar()
        self._question = wrapped(tr("Is the same kind of change seen in these two?"))
        self._question.setObjectName("changeseek_refine_question")
        bold = self._question.font()
        bold.setBold(True)
        self._question.setFont(bold)
        self._why = wrapped()
        self._why.setObjectName("changeseek_refine_why")
        self._lay_out()
        self._bar.commanded.connect(self._do)

    def show_pair(self, pair: Pair) -> None:
        """Ask about these two tiles."""
        self.pair.show_pair(pair)
        self._why.setText(sentence(pair.why))
        self._why.setVisible(bool(pair.why))

    def begin(self) -> None:
        """Another question: nothing is known of it yet."""
        self.progress.clear()
        self.show_conflicts(())
        self.advice.clear()

    def show_conflicts(self, conflicts: Sequence[Conflict], of: int = 0) -> None:
        """Which answers contradict one another, the newest of so many."""
        self.conflicts.show_conflicts(conflicts, of)

    def show_status(self, status: FeedbackStatusAnswer, round_number: int) -> None:
        """What a round did, or before the first (0) all answers so far, and whether to go on."""
        self.progress.show_status(status, round_number)
        self.show_conflicts(status.conflicts, status.counts.conflicts)
        if status.advice.stop:
            self.advice.show_success(tr("You can stop here: {}").format(status.advice.why))
        else:
            self.advice.clear()

    def take_focus(self) -> None:
        """Let the keys answer."""
        self.pair.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_flickering(self) -> None:
        """Show both dates at once."""
        if self._flickers:
            self._flicker()

    def event(self, event: QEvent) -> bool:
        """Qt's: while the focus is in here, its keys come before QGIS's shortcuts of one letter."""
        if event.type() == QEvent.Type.ShortcutOverride and command_of(event, held=True):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: a command's key, wherever in here the focus is."""
        command = command_of(event)
        if command:
            self._do(command)
        elif not command_of(event, held=True):
            super().keyPressEvent(event)

    def _do(self, command: str) -> None:
        if command == FLICKER:
            self._flicker()
        else:
            self.commanded.emit(command)

    def _flicker(self) -> None:
        self._flickers = not self._flickers
        self._bar.set_flickering(self._flickers)
        self.pair.flicker(self._seconds() if self._flickers else None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.advice, self._question, self.pair, self._why, self._bar, self.conflicts):
            column.addWidget(widget)
        column.addSpacing(self.fontMetrics().height() // 3)
        column.addWidget(self.progress)
        column.addStretch(1)
