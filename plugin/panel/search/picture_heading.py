"""Says above the list which of the two pictures is which date."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRect, QSize, Qt
from qgis.PyQt.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ...translation import tr
from .hit_row import measure

_SMALLER = 0.9
_OPACITY = 0.75


class PictureHeading(QWidget):
    """As wide as the list, with words over its pictures; as much of a date as there is room for.

    Args:
        view: The list.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self._words: tuple[list[str], list[str]] = ([], [])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_dates(None, None)

    def set_dates(self, before: str | None, after: str | None) -> None:
        """Name the dates, ISO 8601; None where unknown."""
        self._words = (_forms(tr("before"), before), _forms(tr("after"), after))
        told = ", ".join(forms[0] for forms in self._words)
        self.setToolTip(told)
        self.setAccessibleName(told)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: a line of small text."""
        return QSize(1, QFontMetrics(self._small()).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: each date centred over its pictures."""
        painter = QPainter(self)
        painter.setFont(self._small())
        painter.setOpacity(_OPACITY)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        row = measure(self._view.fontMetrics(), self._view.width())
        frame = self._view.mapTo(self.parentWidget(), self._view.viewport().pos()).x() - self.x()
        for place, forms in zip(row.pictures(QRect(frame, 0, self.width(), 0)), self._words):  # noqa: B905
            metrics = painter.fontMetrics()
            fitting = [form for form in forms if metrics.horizontalAdvance(form) <= place.width()]
            line = QRect(place.left(), 0, place.width(), self.height())
            painter.drawText(
                line, int(Qt.AlignmentFlag.AlignCenter), (fitting or forms)[0 if fitting else -1]
            )

    def _small(self) -> QFont:
        font = QFont(self.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * _SMALLER)
        return font


def _forms(word: str, date: str | None) -> list[str]:
    """From the longest to the shortest."""
    day = date[:10] if date else ""
    return [f"{word} {day}", day, word] if day else [word]
