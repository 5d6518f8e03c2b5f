"""How well a sentence fits, as the length of a bar."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

_HEIGHT = 6


class ScoreBar(QWidget):
    """A bar of the palette's highlight colour.

    Args:
        share: Of the whole length, 0..1.
        parent: Owner.
    """

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = min(1.0, max(0.0, share))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        """Of the whole length, 0..1."""
        return self._share

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(60, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A groove, and the bar in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        faint = self.palette().color(QPalette.ColorRole.WindowText)
        faint.setAlphaF(0.14)
        radius = groove.height() / 2
        painter.setPen(self.palette().color(QPalette.ColorRole.Window))
        painter.setBrush(faint)
        painter.drawRoundedRect(groove, radius, radius)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        bar = QRectF(groove)
        bar.setWidth(max(groove.height(), groove.width() * self._share))
        painter.drawRoundedRect(bar, radius, radius)
        painter.end()


def shares(scores: list[float]) -> list[float]:
    """Lengths of bars for one tile's scores, best first: only their distances mean something.

    The best fills the bar; the last of several keeps a sixth of it, so that no sentence seems impossible.
    """
    if not scores:
        return []
    best, spread = max(scores), max(scores) - min(scores)
    return [1.0 if spread == 0 else 1.0 - (best - score) / spread * 5 / 6 for score in scores]
