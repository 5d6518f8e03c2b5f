"""Which tiles are compared: those that matter for the last search, or any of the index."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ....core.engine.messages import Search, Similar
from ...translation import tr
from ..search.elided_label import ElidedLabel
from ..search.headline import MoreLike, title_of
from ..search.question import Question

_SEARCH, _INDEX = range(2)


class Scope(QWidget):
    """A choice of two, and the search in words.

    Signals:
        changed: The other was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = QComboBox()
        self._choice.setObjectName("changeseek_refine_scope")
        self._choice.addItems([tr("the last search"), tr("the whole index")])
        tip = tr("Pairs for the last search make its hits better; those of the whole index help all searches")
        self._choice.setToolTip(tip)
        label = QLabel(tr("Compare for"))
        label.setBuddy(self._choice)
        self._title = ElidedLabel()
        self._title.setObjectName("changeseek_refine_title")
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._choice)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._title)
        self._choice.currentIndexChanged.connect(lambda _: self.changed.emit())

    @property
    def of_search(self) -> bool:
        """Whether the last search is to be refined."""
        return bool(self._choice.currentIndex() == _SEARCH)

    def choose_index(self) -> None:
        """Compare tiles of the whole index."""
        self._choice.setCurrentIndex(_INDEX)

    def show_search(self, asked: Search | Similar | None) -> None:
        """Say which search it is; nothing where the whole index is compared."""
        self._title.setText(_in_words(asked) if asked is not None else "")
        self._title.setVisible(asked is not None)


def _in_words(asked: Search | Similar) -> str:
    if isinstance(asked, Similar):
        return title_of(MoreLike(asked.tile_id))
    return title_of(Question(asked.text, asked.mode, asked.k, asked.without))
