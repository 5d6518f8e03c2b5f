"""The line in which people say what happened: completion, and history by arrow keys and by a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QEvent, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QAction, QLineEdit, QMenu, QWidget

from ...translation import tr
from .completion import QueryCompleter
from .icons import panel_icon

if TYPE_CHECKING:
    from ...settings import Settings

_MOST_IN_MENU = 15
_WIDEST_IN_MENU = 50


class QueryLine(QLineEdit):
    """One line of text.

    Args:
        settings: Remembers earlier queries.

    Signals:
        recalled: An earlier query was chosen in the menu.
        left_downwards: Down was pressed with nothing newer in the history.
    """

    recalled = pyqtSignal(str)
    left_downwards = pyqtSignal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._place = -1
        self._typed = ""
        self._completer = QueryCompleter(self)
        self.setCompleter(self._completer)
        self.setObjectName("changeseek_query")
        self.setAccessibleName(tr("What happened between the dates"))
        self.setPlaceholderText(tr("What happened, or A -> B"))
        self.setToolTip(
            tr("Say what happened, such as “houses built”, or from what to what, such as “forest -> houses”.")
        )
        self.setClearButtonEnabled(True)
        self._menu_action = QAction(tr("Earlier queries (Alt+Down)"), self)
        self._menu_action.setObjectName("changeseek_query_history")
        self._menu_action.triggered.connect(self.show_history)
        self.addAction(self._menu_action, QLineEdit.ActionPosition.TrailingPosition)
        self._menu = QMenu(self)
        self._menu.setObjectName("changeseek_query_history_menu")
        self.textEdited.connect(self._on_edited)
        self._draw_icon()

    def start_anew(self) -> None:
        """Say nothing, at the newest end of the history."""
        self._place = -1
        self.clear()

    def set_words(self, phrases: Sequence[str], scenes: Sequence[str]) -> None:
        """What completion offers; see QueryCompleter."""
        self._completer.set_words(phrases, scenes)

    def complete_scenes_only(self, only: bool) -> None:
        """Whether the mode asks what lies on the ground, not what happened."""
        self._completer.offer_for(self.text(), scenes_only=only)

    def show_history(self) -> None:
        """Open the menu of earlier queries under the line."""
        self._menu.clear()
        for query in self._settings.queries[:_MOST_IN_MENU]:
            shown = query if len(query) <= _WIDEST_IN_MENU else f"{query[: _WIDEST_IN_MENU - 1]}…"
            action = self._menu.addAction(shown.replace("&", "&&"))
            action.triggered.connect(lambda _=False, query=query: self._recall(query))
        if self._menu.isEmpty():
            self._menu.addAction(tr("No earlier queries")).setEnabled(False)
        else:
            self._menu.addSeparator()
            self._menu.addAction(tr("Forget these")).triggered.connect(self._settings.forget_queries)
        self._menu.setMinimumWidth(min(self.width(), self._menu.sizeHint().width() * 2))
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: arrows go through the history."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Down and alt:
            self.show_history()
        elif event.key() == Qt.Key.Key_Up:
            self._go(1)
        elif event.key() == Qt.Key.Key_Down:
            self._go_down()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._menu_action.setIcon(panel_icon("history", self.palette()))

    def _recall(self, query: str) -> None:
        self.setText(query)
        self.recalled.emit(query)

    def _go(self, older: int) -> None:
        """To an older query, or back to newer ones and at last to what was being typed."""
        history = self._settings.queries
        if self._place < 0:
            self._typed = self.text()
        place = min(max(self._place + older, -1), len(history) - 1)
        if place != self._place:
            self._place = place
            self.setText(history[place] if place >= 0 else self._typed)

    def _go_down(self) -> None:
        if self._place >= 0:
            self._go(-1)
        else:
            self.left_downwards.emit()

    def _on_edited(self, text: str) -> None:
        self._place = -1
        self._completer.offer_for(text)
