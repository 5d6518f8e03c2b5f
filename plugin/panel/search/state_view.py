"""A friendly page where there is nothing to list: what is so, what to do next, and examples to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from ..scroll import VerticalScroll
from ..states import wrapped
from .flow_layout import FlowLayout
from .icons import panel_icon

_CHARACTERS_OF_EXAMPLE = 60


class StateView(VerticalScroll):
    """Centred: an icon, a title, a sentence, a button, examples. Scrolls where the dock is low.

    Args:
        name: Ends the object names, such as `changeseek_state_NAME`.
        icon: Of resources/icons/panel.

    Signals:
        pressed: The button.
        example: The text of an example that was clicked.
    """

    pressed = pyqtSignal()
    example = pyqtSignal(str)

    def __init__(self, name: str, icon: str, parent: QWidget | None = None) -> None:
        page = QWidget()
        self._icon_name = icon
        self._icon, self._title, self._text = QLabel(), wrapped(), wrapped()
        self._button, self._busy, self._examples = QPushButton(), QProgressBar(), QWidget()
        self._chips = FlowLayout(self._examples, centred=True)
        super().__init__(page, parent)
        self.setObjectName(f"changeseek_state_{name}")
        self._button.setObjectName(f"changeseek_state_{name}_button")
        self._button.clicked.connect(self.pressed)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._lay_out(page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._draw_icon()
        self.say("", "")

    def say(self, title: str, text: str, button: str = "", *, busy: bool = False) -> None:
        """Show these words; an empty one hides its place."""
        for label, words in ((self._title, title), (self._text, text)):
            label.setText(words)
            label.setVisible(bool(words))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._busy.setVisible(busy)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    @property
    def text(self) -> str:
        """Title and sentence."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def offer(self, examples: Sequence[str]) -> None:
        """Show these as buttons."""
        while (item := self._chips.takeAt(0)) is not None:
            item.widget().deleteLater()
        for place, words in enumerate(examples):
            self._chips.addWidget(self._chip(place, words))
        self._examples.setVisible(bool(examples))

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _chip(self, place: int, words: str) -> QToolButton:
        shown = words if len(words) <= _CHARACTERS_OF_EXAMPLE else f"{words[:_CHARACTERS_OF_EXAMPLE]}…"
        chip = QToolButton()
        chip.setObjectName(f"changeseek_example_{place}")
        chip.setText(shown.replace("&", "&&"))
        chip.setToolTip(words)
        chip.clicked.connect(lambda: self.example.emit(words))
        return chip

    def _lay_out(self, page: QWidget) -> None:
        column = QVBoxLayout(page)
        column.setSpacing(self.fontMetrics().height() // 2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(2)
        column.addWidget(self._icon, 0, centre)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        column.addWidget(self._busy)
        column.addWidget(self._button, 0, centre)
        column.addWidget(self._examples)
        column.addStretch(3)
        self._examples.setVisible(False)

    def _draw_icon(self) -> None:
        side = self.fontMetrics().height() * 5 // 2
        icon = panel_icon(self._icon_name, self.palette(), QPalette.ColorRole.WindowText)
        self._icon.setPixmap(icon.pixmap(side, side))
