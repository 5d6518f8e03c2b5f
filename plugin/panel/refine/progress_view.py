"""Under the two tiles: how far this round is, what the last ones changed, what to expect of the hits now."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ....core.engine.messages import Counts, FeedbackStatusAnswer, Refinement
from ...translation import tr
from ..states import wrapped
from ..words import sentence
from .sayings import change_in_words, counts_in_words, precision_in_words

_ROUNDS_SHOWN = 4
_COMPARED = 50


class ProgressView(QWidget):
    """Shows; asks nothing.

    Args:
        length: Answers of a round.

    Signals:
        wantRanking: The hits are to be ranked now, before the round is full.
    """

    wantRanking = pyqtSignal()  # noqa: N815 - as Qt names signals

    def __init__(self, length: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: list[str] = []
        self._bar = QProgressBar()
        self._bar.setObjectName("changeseek_refine_round")
        self._bar.setRange(0, length)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(max(6, self.fontMetrics().height() // 2))
        self._rank = QPushButton(tr("Rank now"))
        self._rank.setObjectName("changeseek_refine_rank")
        self._rank.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rank.setToolTip(
            tr("Rank the hits with the answers so far, without waiting for the round's end")
        )
        self._rank.clicked.connect(self.wantRanking)
        self._round = _line("round_text")
        self._counts, self._precision = _line("counts"), _line("precision")
        self._why, self._history = _line("weight"), _line("changes")
        self._lay_out()
        self.show_round(0)
        self.clear()

    def clear(self) -> None:
        """Another question: nothing is known of it."""
        self._changes = []
        for label in (self._precision, self._why, self._history):
            _say(label, "")

    def show_counts(self, counts: Counts) -> None:
        """Answers so far."""
        _say(self._counts, counts_in_words(counts))

    def show_round(self, answered: int) -> None:
        """How many of the round's pairs are answered."""
        left = self._bar.maximum() - answered
        self._bar.setValue(answered)
        self._rank.setEnabled(answered > 0)
        words = tr("1 answer until the hits are ranked again") if left == 1 else ""
        _say(self._round, words or tr("{} answers until the hits are ranked again").format(left))
        self._bar.setAccessibleName(self._round.text())

    def show_status(self, status: FeedbackStatusAnswer, round_number: int) -> None:
        """What a round did, or before the first (0) all answers so far."""
        self.show_counts(status.counts)
        if status.change is not None:
            words = tr("Round {}: {}") if round_number else tr("So far: {1}")
            words = words.format(round_number, change_in_words(status.change))
            self._changes = [words, *self._changes][:_ROUNDS_SHOWN]
        _say(self._history, "\n".join(self._changes))
        self._show_refinement(status.refinement)

    def _show_refinement(self, refinement: Refinement | None) -> None:
        precision = refinement.precision if refinement is not None else ()
        _say(self._precision, precision_in_words(precision, _COMPARED))
        self._precision.setToolTip(
            tr("From your answers, with the range in which it lies 19 times of 20")
            if self._precision.text()
            else ""
        )
        _say(self._why, sentence(refinement.why) if refinement is not None else "")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self._rank)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(max(3, self.fontMetrics().height() // 4))
        column.addLayout(row)
        for label in (self._round, self._history, self._precision, self._why, self._counts):
            column.addWidget(label)
        bold = self._history.font()
        bold.setBold(True)
        self._history.setFont(bold)


def _line(name: str) -> QLabel:
    label = wrapped()
    label.setObjectName(f"changeseek_refine_{name}")
    return label


def _say(label: QLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
