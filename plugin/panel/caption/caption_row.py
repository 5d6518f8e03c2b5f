"""One sentence about a tile, with what can be done with it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from ....core.engine.messages import Caption
from ...translation import tr
from ..palette_icons import keep_icon
from ..states import wrapped
from .score_bar import ScoreBar


class CaptionRow(QWidget):
    """Sentence, score as a bar, Copy, Use as query.

    Args:
        caption: What it shows.
        share: Length of the bar, 0..1.
        parent: Owner.
    """

    used = pyqtSignal(str)

    def __init__(self, caption: Caption, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = caption.caption
        score = QLocale().toString(caption.score, "f", 2)
        self.setObjectName(f"changeseek_caption_{caption.rank}")
        self.setAccessibleName(tr("{}, score {}").format(caption.caption, score))
        text = wrapped(caption.caption)
        bar = ScoreBar(share)
        bar.setToolTip(tr("How well the sentence fits this tile; scores of other tiles do not compare"))
        number = QLabel(score)
        number.setToolTip(bar.toolTip())
        copy = self._button("copy", caption.rank, "copy", tr("Copy this sentence"))
        use = self._button("use", caption.rank, "search", tr("Use as query: find other tiles like this"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._text))
        use.clicked.connect(lambda: self.used.emit(self._text))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setVerticalSpacing(2)
        grid.addWidget(text, 0, 0, 1, 2)
        grid.addWidget(copy, 0, 2)
        grid.addWidget(use, 0, 3)
        grid.addWidget(bar, 1, 0)
        grid.addWidget(number, 1, 1)
        grid.setColumnStretch(0, 1)

    def _button(self, what: str, rank: int, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"changeseek_{what}_{rank}")
        keep_icon(button, icon, button.setIcon)
        button.setAutoRaise(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button
