"""A layout that breaks its row where the dock is too narrow for it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets from left to right, then in a further row.

    Args:
        parent: The widget that it lays out, None where it becomes part of another layout.
        gap: Between widgets, in logical pixels.
        row_gap: Between rows, None for the same.
        centred: Whether rows are centred instead of starting at the left.
    """

    def __init__(
        self, parent: QWidget | None = None, gap: int = 6, row_gap: int | None = None, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._centred = centred
        self._row_gap = gap if row_gap is None else row_gap
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's: take an item over."""
        self._items.append(item)

    def count(self) -> int:
        """Qt's: number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt's: an item, None outside."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt's: give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt's: takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Qt's: its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's: height of all rows."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Qt's: place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Qt's: as small as it can be; the height comes from the width."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Qt's: the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Height of the rows in `rect`; with `move` the items go to their places."""
        top = rect.top()
        for row in self._rows(rect.width()):
            height = max(item.sizeHint().height() for item in row)
            if move:
                self._place(row, rect, top, height)
            top += height + self._row_gap
        return int(max(top - self._row_gap - rect.top(), 0))

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        left = 0
        for item in (item for item in self._items if not item.isEmpty()):
            needed = item.sizeHint().width()
            if not rows or left + needed > width:
                rows.append([])
                left = 0
            rows[-1].append(item)
            left += needed + self.spacing()
        return rows

    def _place(self, row: list[QLayoutItem], rect: QRect, top: int, height: int) -> None:
        used = sum(item.sizeHint().width() for item in row) + self.spacing() * (len(row) - 1)
        left = rect.left() + (max(rect.width() - used, 0) // 2 if self._centred else 0)
        for item in row:
            size = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
            item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
            left += size.width() + self.spacing()
