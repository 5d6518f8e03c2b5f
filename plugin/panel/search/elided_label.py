"""A line of text that ends in an ellipsis where the dock is too narrow; the tooltip has all of it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRect, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """One line, plain text.

    Args:
        text: What it says.
        parent: Qt's.
        faint: Whether it is a remark beside something more important.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, faint: bool = False) -> None:
        super().__init__(parent)
        self._opacity = 0.75 if faint else 1.0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Qt's; the tooltip follows."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Qt's: one line high, as narrow as need be."""
        return QSize(self.fontMetrics().height() * 2, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: as much of the text as there is room for."""
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        room: QRect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment()), text)
