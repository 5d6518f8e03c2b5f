"""The buttons under the list, for those who have not learned its keys yet, and the legend of the keys."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...translation import tr
from .commands import COMMANDS, in_words, keys_in_words
from .export_button import ExportButton
from .flow_layout import FlowLayout
from .icons import panel_icon

_NEED_A_HIT = ("flicker", "keep", "reject", "captions", "similar")


class ReviewBar(QWidget):
    """One row of icons.

    Signals:
        commanded: The name of a command; see commands.py.
    """

    commanded = pyqtSignal(str)

    def __init__(self, export: ExportButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Going back to the query is only of use to those who work by keys.
        with_button = [command.name for command in COMMANDS if command.name != "query"]
        self._buttons = {name: self._button(name) for name in with_button}
        self._export = export
        self._keys = QToolButton()
        self._keys.setObjectName("changeseek_keys")
        self._keys.setCheckable(True)
        self._keys.setAutoRaise(True)
        self._keys.setToolTip(_legend("\n"))
        self._keys.setAccessibleName(tr("Show the keys"))
        self._legend = QWidget()
        self._legend.setObjectName("changeseek_legend")
        self._legend.setVisible(False)
        self._keys.toggled.connect(self._legend.setVisible)
        self._lay_out()
        self._draw_icons()
        self.has_hit(False)

    def has_hit(self, current: bool) -> None:
        """Enable what needs a current hit."""
        for name in _NEED_A_HIT:
            self._buttons[name].setEnabled(current)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"changeseek_review_{name}")
        button.setAutoRaise(True)
        # A click leaves the focus in the list, so that its keys go on working.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(f"{in_words(name)} ({keys_in_words(name)})")
        button.setAccessibleName(in_words(name))
        button.clicked.connect(lambda: self.commanded.emit(name))
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(1)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._keys)
        row.addWidget(self._export)
        keys = FlowLayout(self._legend, gap=12, row_gap=1)
        for command in COMMANDS:
            keys.addWidget(QLabel(f"<b>{keys_in_words(command.name)}</b> {in_words(command.name)}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._legend)

    def _draw_icons(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(panel_icon(name, self.palette()))
        self._keys.setIcon(panel_icon("keys", self.palette()))


def _legend(between: str) -> str:
    return between.join(f"{keys_in_words(command.name)}: {in_words(command.name)}" for command in COMMANDS)
