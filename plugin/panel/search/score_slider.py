"""The threshold: a slider whose groove is the histogram of all tiles' scores."""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from ....core.engine.messages import Histogram
from ...translation import tr

STEPS = 1000
# The last steps lie above the best score, so that the handle can say "none is good enough".
_ABOVE_BEST = 0.02
_EMPTY = Histogram((), 0.0, 1.0)


class ScoreSlider(QAbstractSlider):
    """Bars of the histogram, those of listed hits in the highlight colour, and a handle.

    It is a Qt slider (0..1000), so keys, wheel and screen readers work as anywhere; `score` and `set_score`
    speak of scores. Heights are square roots: few tiles are good, and these few must be seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram = _EMPTY
        self._least_listed: float | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, STEPS)
        self.setSingleStep(5)
        self.setPageStep(50)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(tr("Least score of the hits to show"))
        self.setToolTip(
            tr("How the scores of all tiles are spread. Drag the handle: tiles left of it are hidden.")
        )

    def show_histogram(self, histogram: Histogram | None) -> None:
        """Take another query's histogram; None shows an empty groove."""
        self._histogram = histogram or _EMPTY
        self.update()

    def tint_from(self, least_listed: float | None) -> None:
        """Tint the bars from this score up: the hits that are listed now; None tints nothing."""
        self._least_listed = least_listed
        self.update()

    def score(self) -> float:
        """Score at the handle."""
        return self._low() + int(self.value()) / STEPS * self._span()

    def set_score(self, score: float) -> None:
        """Move the handle to `score` or just below it, so that a hit of that score stays listed."""
        share = (score - self._low()) / self._span()
        self.setSliderPosition(math.floor(min(max(share, 0.0), 1.0) * STEPS))

    def sizeHint(self) -> QSize:
        """Qt's: four lines of text high."""
        line = self.fontMetrics().height()
        return QSize(line * 12, line * 4)

    def minimumSizeHint(self) -> QSize:
        """Qt's: narrower, as high."""
        line = self.fontMetrics().height()
        return QSize(line * 6, line * 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: the handle jumps to the pointer and follows it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: the handle follows."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's: the handle stays."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: bars, base line, handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        self._paint_bars(painter, area)
        painter.setPen(QPen(self._ink(0.45), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._paint_handle(painter, area)

    def _low(self) -> float:
        return self._histogram.low

    def _span(self) -> float:
        spread = self._histogram.high - self._histogram.low
        return (spread if spread > 0 else 1.0) * (1.0 + _ABOVE_BEST)

    def _grip(self) -> float:
        return float(max(self.fontMetrics().height() / 2.5, 5.0))

    def _area(self) -> QRectF:
        grip = self._grip()
        return QRectF(self.rect()).adjusted(grip, 2, -grip, -grip * 1.6)

    def _follow(self, event: QMouseEvent) -> None:
        area = self._area()
        position = event.position() if hasattr(event, "position") else event.localPos()
        self.setSliderPosition(round(min(max((position.x() - area.left()) / area.width(), 0.0), 1.0) * STEPS))

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        counts = self._histogram.counts
        tallest = math.sqrt(max(counts, default=0))
        if not tallest:
            return
        width = area.width() / (1.0 + _ABOVE_BEST) / len(counts)
        step = (self._histogram.high - self._histogram.low) / len(counts)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, count in enumerate(counts):
            height = area.height() * math.sqrt(count) / tallest
            # A bar of one tile is still seen.
            height = max(height, 2.0) if count else 0.0
            bar = QRectF(area.left() + place * width, area.bottom() - height, width, height)
            listed = self._least_listed is not None and self._low() + (place + 1) * step > self._least_listed
            painter.setBrush(
                self.palette().color(QPalette.ColorRole.Highlight) if listed else self._ink(0.32)
            )
            painter.drawRect(bar.adjusted(0, 0, -min(1.0, width * 0.25), 0))

    def _paint_handle(self, painter: QPainter, area: QRectF) -> None:
        grip = self._grip()
        x = area.left() + area.width() * self.value() / STEPS
        colour = self._ink(1.0 if self.isEnabled() else 0.4)
        painter.setPen(QPen(colour, 2 if self.hasFocus() or self.isSliderDown() else 1.4))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setBrush(
            self.palette().color(
                QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Button
            )
        )
        tip, base = area.bottom(), area.bottom() + grip * 1.5
        shoulder = area.bottom() + grip * 0.7
        points = [(x, tip), (x + grip * 0.8, shoulder), (x + grip * 0.8, base), (x - grip * 0.8, base)]
        points.append((x - grip * 0.8, shoulder))
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))

    def _ink(self, strength: float) -> QColor:
        colour = QColor(self.palette().color(QPalette.ColorRole.WindowText))
        colour.setAlphaF(strength)
        return colour
