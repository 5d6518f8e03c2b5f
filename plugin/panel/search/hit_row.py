"""Where the parts of a hit's row lie: two pictures, then the words, by the font and the view's width."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QRect, QSize
from qgis.PyQt.QtGui import QFontMetrics

LINES = 3


@dataclass(frozen=True)
class HitRow:
    """Measures of all rows, in logical pixels.

    Attributes:
        line: Height of a line of text.
        gap: Between parts.
        side: Of a picture.
    """

    line: int
    gap: int
    side: int

    def size(self) -> QSize:
        """Of a row, as narrow as its pictures: the view makes it as wide as itself."""
        return QSize(2 * self.side + 3 * self.gap, self.side + 2 * self.gap)

    def pictures(self, row: QRect) -> tuple[QRect, QRect]:
        """Where the pictures of before and after are drawn."""
        before = QRect(row.left() + self.gap, row.top() + self.gap, self.side, self.side)
        return before, before.translated(self.side + self.gap // 2, 0)

    def words(self, row: QRect) -> list[QRect]:
        """Where the lines of text are drawn."""
        left = self.pictures(row)[1].right() + 1 + 2 * self.gap
        leading = (self.side - LINES * self.line) // (LINES + 1)
        top = row.top() + self.gap + leading
        width = max(row.right() - self.gap - left, 0)
        return [QRect(left, top + n * (self.line + leading), width, self.line) for n in range(LINES)]


def measure(metrics: QFontMetrics, width: int) -> HitRow:
    """Rows for a view of that width: pictures grow with it, but leave room for the words.

    Args:
        metrics: Of the font that the words are written in.
        width: Of the view, in logical pixels.
    """
    line = metrics.height()
    gap = max(line // 3, 4)
    least, most = (LINES + 1) * line, 3 * LINES * line
    return HitRow(line, gap, min(max(width // 5, least), most))
