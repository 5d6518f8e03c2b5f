"""The buttons under the two tiles, each with its key."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ....core.engine.messages.refinement import DISSIMILAR, SIMILAR, SKIPPED
from ...translation import tr
from ..palette_icons import keep_icon
from .keys import COMMANDS, FLICKER, UNDO, in_words, key_of, tip_of

# The others have room for their words alone in a narrow dock.
_ICONS = {SIMILAR: "keep", DISSIMILAR: "reject"}
# Row, column and width of each in a grid of six columns: the two answers are the largest.
_PLACES = {
    SIMILAR: (0, 0, 3),
    DISSIMILAR: (0, 3, 3),
    SKIPPED: (1, 0, 2),
    UNDO: (1, 2, 2),
    FLICKER: (1, 4, 2),
}


class AnswerBar(QWidget):
    """Two rows of buttons.

    Signals:
        commanded: One of `keys.COMMANDS`.
    """

    commanded = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = {command: self._button(command) for command in COMMANDS}
        self._buttons[FLICKER].setCheckable(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for command, (row, column, columns) in _PLACES.items():
            grid.addWidget(self._buttons[command], row, column, 1, columns)
        for column in range(6):
            grid.setColumnStretch(column, 1)

    def set_flickering(self, on: bool) -> None:
        """Show whether the dates alternate."""
        words = tr("Stop") if on else in_words(FLICKER)
        self._buttons[FLICKER].setText(f"{words} ({key_of(FLICKER)})")
        self._buttons[FLICKER].setChecked(on)

    def _button(self, command: str) -> QPushButton:
        button = QPushButton(f"{in_words(command)} ({key_of(command)})")
        button.setObjectName(f"changeseek_refine_{command}")
        button.setToolTip(tip_of(command))
        button.setAccessibleDescription(tip_of(command))
        # A click leaves the focus with the tiles, so that the keys go on working.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if command in _ICONS:
            keep_icon(button, _ICONS[command], button.setIcon)
        button.clicked.connect(lambda: self.commanded.emit(command))
        return button
