"""Answers that contradict one another, each with a button that asks about its pairs again."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ....core.engine.messages import Conflict
from ...translation import tr
from ..states import wrapped
from ..words import count
from .pair_queue import Pair
from .sayings import conflict_in_words

_MOST_SHOWN = 3


class ConflictList(QWidget):
    """The newest conflicts; hidden while there are none.

    Signals:
        again: A list of the pairs to look at again.
    """

    again = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_conflicts")
        self._title = wrapped()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.addWidget(self._title)
        self.hide()

    def show_conflicts(self, conflicts: Sequence[Conflict], of: int = 0) -> None:
        """Replace what is shown; `of` is how many there are, where not all are given."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for place, conflict in enumerate(conflicts[:_MOST_SHOWN]):
            self._add(_told(conflict))
            self._add(self._button(place, conflict))
        self._title.setText(
            tr("Answers that contradict one another")
            if len(conflicts) <= _MOST_SHOWN
            else tr("{} contradictions, the newest first").format(count(max(of, len(conflicts))))
        )
        self.setVisible(bool(conflicts))

    def _add(self, widget: QWidget) -> None:
        self._rows.append(widget)
        self._column.addWidget(widget)

    def _button(self, place: int, conflict: Conflict) -> QPushButton:
        button = QPushButton(tr("Look again"))
        button.setObjectName(f"changeseek_conflict_{place}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setToolTip(
            tr("Compare these tiles once more: what you say then takes the place of the old answers")
        )
        button.clicked.connect(lambda: self.again.emit(pairs_of(conflict)))
        return button


def pairs_of(conflict: Conflict) -> list[Pair]:
    """The pairs of a conflict, the one that contradicts the others first."""
    tiles = conflict.tile_ids
    chain = [
        Pair(tiles[place], tiles[place + 1], tr("So far called similar, which another answer contradicts"))
        for place in range(len(tiles) - 1)
    ]
    if len(tiles) < 3:
        return [Pair(tiles[0], tiles[-1], tr("Called similar and not similar so far"))]
    return [
        Pair(tiles[0], tiles[-1], tr("So far called not similar, which other answers contradict")),
        *chain,
    ]


def _told(conflict: Conflict) -> QLabel:
    label = wrapped(conflict_in_words(conflict))
    names = dict.fromkeys(conflict.annotators)
    if len(names) > 1:
        label.setText(f"{label.text()} ({', '.join(names)})")
    return label
