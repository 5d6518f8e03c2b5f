"""Where the pictures of two tiles lie: a card a tile, in each card before above after, or one in place."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QRect

_LARGEST = 280
_SMALLEST = 48


@dataclass(frozen=True)
class PairLayout:
    """Measures in logical pixels.

    Attributes:
        line: Height of a line of text.
        rows: Pictures in a card: two, or one where the dates alternate.
        side: Of a picture.
        left: Of the first card.
    """

    line: int
    rows: int
    side: int
    left: int

    @property
    def gap(self) -> int:
        """Between cards, and around what lies in one."""
        return gap_of(self.line)

    @property
    def height(self) -> int:
        """Of all."""
        return self.line + self.rows * (self.line + self.side) + 3 * self.gap

    def card(self, place: int) -> QRect:
        """The card of the first (0) or second (1) tile."""
        width = self.side + 2 * self.gap
        return QRect(self.left + place * (width + self.gap), 0, width, self.height)

    def title(self, place: int) -> QRect:
        """The line that names the tile."""
        return self._line(place, self.gap)

    def date(self, place: int, row: int) -> QRect:
        """The line over a picture."""
        return self._line(place, self._top(row))

    def picture(self, place: int, row: int) -> QRect:
        """A picture."""
        card = self.card(place)
        return QRect(card.left() + self.gap, self._top(row) + self.line, self.side, self.side)

    def _top(self, row: int) -> int:
        return self.gap + self.line + row * (self.line + self.side) + (self.gap // 2) * (row + 1)

    def _line(self, place: int, top: int) -> QRect:
        return QRect(self.card(place).left() + self.gap, top, self.side, self.line)


def gap_of(line: int) -> int:
    """Distance between parts, by the height of a line."""
    return max(line // 3, 4)


def lay_out(width: int, line: int, rows: int) -> PairLayout:
    """Two cards side by side in the middle of a width.

    Args:
        width: In logical pixels.
        line: Height of a line of text.
        rows: 2, or 1 where the dates alternate.
    """
    gap = gap_of(line)
    side = max(_SMALLEST, min((width - 5 * gap) // 2, _LARGEST))
    return PairLayout(line, rows, side, max((width - (2 * side + 5 * gap)) // 2, 0))
