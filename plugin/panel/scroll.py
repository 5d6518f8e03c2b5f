"""A page that scrolls up and down only: a dock may be narrow and low."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QWidget,
)


class VerticalScroll(QScrollArea):
    """Shows one widget at the dock's width.

    Args:
        content: What it shows; must be able to be about 300 px narrow.
        parent: Owner.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setWidget(content)
        # A scroll area paints its page darker than the tab around it in some styles.
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._leave_the_wheel_to_scrolling(content)

    def minimumSizeHint(self) -> QSize:
        """As narrow and low as the dock gets."""
        return QSize(0, 60)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page instead of changing a value that it happens to pass over."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return bool(super().eventFilter(watched, event))

    def _leave_the_wheel_to_scrolling(self, content: QWidget) -> None:
        for field in (*content.findChildren(QComboBox), *content.findChildren(QAbstractSpinBox)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
