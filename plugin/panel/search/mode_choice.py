"""What the query is compared with: the change, or one of the dates."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from ....core.engine.messages import MODES
from ...translation import tr


class _Segment(QToolButton):
    """Filled with the highlight colour while pressed: dark themes hardly show a pressed button otherwise."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pressed, focus = self.isChecked() and self.isEnabled(), self.hasFocus()
        palette, role = self.palette(), QPalette.ColorRole
        line = QColor(palette.color(role.ButtonText))
        line.setAlphaF(0.9 if focus else 0.3)
        painter.setPen(line)
        painter.setBrush(palette.color(role.Highlight if pressed else role.Button))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(palette.color(role.HighlightedText if pressed else role.ButtonText))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())


class ModeChoice(QWidget):
    """Three buttons of which one is pressed.

    Signals:
        changed: The mode is another.
    """

    changed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What the query is compared with"))
        self._buttons = {mode: self._button(mode) for mode in MODES}
        group = QButtonGroup(self)
        group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in self._buttons.values():
            group.addButton(button)
            row.addWidget(button)
        self._buttons[MODES[0]].setChecked(True)
        group.buttonClicked.connect(lambda _: self.changed.emit(self.mode))

    @property
    def mode(self) -> str:
        """`change`, `after` or `before`."""
        return next(mode for mode, button in self._buttons.items() if button.isChecked())

    def set_mode(self, mode: str) -> None:
        """Press the button of a mode."""
        self._buttons[mode].setChecked(True)

    def explain(self, transition: bool) -> None:
        """Enable the buttons and say what they are for, or why they do not count for a transition."""
        for mode, button in self._buttons.items():
            button.setEnabled(not transition)
            button.setToolTip(
                tr("“A -> B” looks at both dates, so there is nothing to choose.")
                if transition
                else _tip(mode)
            )

    def _button(self, mode: str) -> QToolButton:
        button = _Segment()
        button.setObjectName(f"changeseek_mode_{mode}")
        words = {"change": tr("what changed"), "after": tr("after"), "before": tr("before")}
        button.setText(words[mode])
        button.setCheckable(True)
        button.setToolTip(_tip(mode))
        return button


def _tip(mode: str) -> str:
    return {
        "change": tr("Find where this happened between the two dates"),
        "after": tr("Find what is seen on the later date"),
        "before": tr("Find what was seen on the earlier date"),
    }[mode]
