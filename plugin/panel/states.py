"""What a page shows when it has nothing to show, and how an error is told without a dialog."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..errors import PluginError
from ..translation import tr
from .words import sentence, told

_ICON_SIDE = 48
_SMALL_ICON_SIDE = 18
_AMBER, _GREEN = QColor(245, 154, 35), QColor(46, 160, 67)
_TINT = 0.16


class _Wrapped(QLabel):
    """Asks for just the height that its text needs at its present width.

    QLabel's own way, height for width, is lost in nested layouts: they give it room for its narrowest shape.
    """

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def wrapped(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label of plain text that breaks lines instead of widening the dock; its text can be selected."""
    label = _Wrapped(text, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label


def theme_icon(name: str) -> QIcon:
    """An icon of QGIS's current theme, by its name without folder and ending."""
    return QgsApplication.getThemeIcon(f"/{name}.svg")


class EmptyState(QWidget):
    """Says what this page is for and what the next step is; never just a blank page.

    Args:
        icon: Drawn above the text.
        title: A few words.
        text: One or two sentences with the next step.
        parent: Owner.
    """

    def __init__(self, icon: QIcon, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._picture.setPixmap(icon.pixmap(QSize(_ICON_SIDE, _ICON_SIDE)))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title, self._text = wrapped(), wrapped()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._rows = QVBoxLayout(self)
        self._rows.addStretch(2)
        for label in (self._picture, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._rows.addWidget(label)
        self._rows.addStretch(3)
        self.say(title, text)

    def say(self, title: str, text: str) -> None:
        """Replace the words."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def add_button(self, text: str, name: str) -> QPushButton:
        """A button for the next step under the text; `name` is its object name."""
        button = QPushButton(text)
        button.setObjectName(name)
        self._rows.insertWidget(self._rows.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button


class MessageStrip(QFrame):
    """One message with its advice, above the page that it concerns; stays until it is dismissed."""

    dismissed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_message")
        self._colour = _AMBER
        self._icon = QLabel()
        self._label = wrapped()
        self._label.setObjectName("changeseek_message_text")
        self._close = QToolButton()
        self._close.setObjectName("changeseek_dismiss")
        self._close.setIcon(theme_icon("mIconClose"))
        self._close.setAutoRaise(True)
        self._close.setToolTip(tr("Dismiss this message"))
        self._close.setAccessibleName(tr("Dismiss"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 4, 6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty where it is hidden."""
        return "" if self.isHidden() else str(self._label.text())

    def show_error(self, error: PluginError) -> None:
        """Say what is wrong and what to do."""
        self._show(told(error), "mIconWarning", _AMBER)

    def show_note(self, note: str) -> None:
        """Say something that is no error, but that people should know."""
        self._show(sentence(note), "mIconInfo", _AMBER)

    def show_success(self, text: str) -> None:
        """Say that what was wished is done."""
        self._show(sentence(text), "mIconSuccess", _GREEN)

    def set_closable(self, closable: bool) -> None:
        """Whether the user may dismiss it; a state that lasts has no close button."""
        self._close.setVisible(closable)

    def clear(self) -> None:
        """Say nothing."""
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A faint colour over the palette's own background, so that the palette's text stays readable."""
        window = self.palette().color(QPalette.ColorRole.Window)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(_mixed(window, self._colour, _TINT))
        painter.setPen(QPen(_mixed(window, self._colour, 0.6), 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _show(self, text: str, icon: str, colour: QColor) -> None:
        self._colour = colour
        self._icon.setPixmap(theme_icon(icon).pixmap(QSize(_SMALL_ICON_SIDE, _SMALL_ICON_SIDE)))
        self._label.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.update()


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    """`share` (0..1) of the second colour in the first."""
    return QColor(
        *(
            round(one + share * (two - one))
            for one, two in zip(first.getRgb()[:3], second.getRgb()[:3])  # noqa: B905 - Python 3.9
        )
    )
