"""The threshold's row: slider, the score at its handle, and what lies above it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ....core.engine.messages import HitsAnswer
from ...translation import tr
from ..states import wrapped
from ..words import count
from .elided_label import ElidedLabel
from .precision import by_answers, nearest_to
from .score_slider import ScoreSlider
from .scores import score_in_words, top_in_words
from .spread import Above, all_listed, tiles_above

MILLISECONDS_OF_REST = 150


class Threshold(QWidget):
    """Says at once where the handle is, and once it rests, so that the map is not drawn at each step.

    Signals:
        moved: The handle is elsewhere; ask `least_score`.
        rested: It has stayed there for a moment.
    """

    moved = pyqtSignal()
    rested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: HitsAnswer | None = None
        self._touched = False
        self._slider = ScoreSlider()
        self._slider.setObjectName("changeseek_threshold")
        self._score, self._above = QLabel(), ElidedLabel(faint=True)
        self._score.setObjectName("changeseek_threshold_score")
        self._above.setObjectName("changeseek_threshold_above")
        self._right = wrapped()
        self._right.setObjectName("changeseek_threshold_right")
        self._right.hide()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(MILLISECONDS_OF_REST)
        self._rest.timeout.connect(self.rested)
        self._slider.valueChanged.connect(self._on_moved)
        self._lay_out()

    @property
    def least_score(self) -> float | None:
        """Hits below it are hidden; None hides none."""
        return self._slider.score() if self._touched and self._answer is not None else None

    def show_answer(self, answer: HitsAnswer) -> None:
        """Start anew for another query: all its hits are listed."""
        self._rest.stop()
        self._answer = answer
        self._slider.show_histogram(answer.histogram)
        self._slider.setEnabled(answer.histogram is not None)
        self.reset()

    def reset(self) -> None:
        """List all hits again, without a signal: the handle goes to the score of the last one."""
        hits = self._answer.hits if self._answer is not None else ()
        self._rest.stop()
        self._slider.blockSignals(True)
        self._slider.set_score(hits[-1].score if hits else self._slider.score())
        self._slider.blockSignals(False)
        self._touched = False
        self._say()

    def tint(self, listed: int) -> None:
        """Tint the bars of the hits that are listed now, which are the best `listed`."""
        hits = self._answer.hits if self._answer is not None else ()
        self._slider.tint_from(hits[listed - 1].score if 0 < listed <= len(hits) else None)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(self.fontMetrics().averageCharWidth() * 2)
        line.addWidget(self._score)
        line.addWidget(self._above, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._slider)
        column.addLayout(line)
        column.addWidget(self._right)

    def _on_moved(self) -> None:
        self._touched = True
        self._say()
        self.moved.emit()
        self._rest.start()

    def _say(self) -> None:
        if self._answer is None:
            return
        score, above = self._now(self._answer)
        number = count(above.tiles) if above.exact else tr("about {}").format(count(above.tiles))
        self._score.setText(tr("Score from {}").format(score_in_words(score)))
        told = tr("{} tiles").format(number)
        if above.tiles == self._answer.tiles:
            told = tr("all {} tiles").format(count(above.tiles))
        elif above.tiles:
            told = f"{told} · {top_in_words(above.share)}"
        expected = None
        if self._answer.refinement is not None:
            expected = nearest_to(self._answer.refinement.precision, above.tiles)
        right = by_answers(expected, above.tiles) if expected is not None and above.tiles else ""
        self._right.setText(right)
        self._right.setVisible(bool(right))
        self._above.setText(told)
        self._slider.setAccessibleDescription(f"{self._score.text()}: {told}")

    def _now(self, answer: HitsAnswer) -> tuple[float, Above]:
        """Score at the handle and the tiles above it; an untouched handle means the last hit itself."""
        if self._touched or not answer.hits:
            return self._slider.score(), tiles_above(answer, self._slider.score())
        return answer.hits[-1].score, all_listed(answer)
