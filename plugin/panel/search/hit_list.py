"""The list of hits: virtual, driven by keys, bound to the chosen tile."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QModelIndex, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QWidget

from ...translation import tr
from .commands import command_of
from .hit_model import HitModel

_MILLISECONDS_OF_REST = 60
_ROWS_AHEAD = 4


class HitList(QListView):
    """Tells which tile was chosen by hand; is told which tile was chosen elsewhere.

    Signals:
        chosen: A tile id, by mouse or key in this list.
        commanded: The name of a command whose key was pressed; see commands.py.
        seen: The tile ids of the rows in view and a few after them, once scrolling rests.
    """

    chosen = pyqtSignal(str)
    commanded = pyqtSignal(str)
    seen = pyqtSignal(object)

    def __init__(self, model: HitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = model
        self._following = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_MILLISECONDS_OF_REST)
        self._rest.timeout.connect(self._tell_seen)
        self.setObjectName("changeseek_hits")
        self.setAccessibleName(tr("Hits, best first"))
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setModel(model)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.tell_seen_soon)
        self.verticalScrollBar().valueChanged.connect(self.tell_seen_soon)
        self.doubleClicked.connect(lambda _: self.commanded.emit("captions"))

    @property
    def tile_id(self) -> str | None:
        """The tile of the current row."""
        hit = self._hits.hit(self.currentIndex().row())
        return hit.tile_id if hit is not None else None

    def follow(self, tile_id: str) -> None:
        """Go to a tile that was chosen elsewhere; where it is not listed, no row is current."""
        row = self._hits.row_of(tile_id)
        index = self._hits.index(row, 0) if row is not None else QModelIndex()
        self._following = True
        self.setCurrentIndex(index)
        self._following = False
        if index.isValid():
            self.scrollTo(index)

    def list_best(self, listed: int) -> None:
        """List the best `listed` hits; a current row that goes is followed by none."""
        self._following = True
        if self.currentIndex().row() >= listed:
            self.setCurrentIndex(QModelIndex())
        self._hits.list_best(listed)
        self._following = False

    def step(self, rows: int) -> None:
        """Go that many rows down; the first step goes to the first row."""
        current = self.currentIndex().row()
        row = current + rows if current >= 0 else 0
        if 0 <= row < self._hits.rowCount():
            self.setCurrentIndex(self._hits.index(row, 0))

    def go_to(self, tile_id: str) -> None:
        """Go to a listed tile, as if by hand."""
        row = self._hits.row_of(tile_id)
        if row is not None:
            self.setCurrentIndex(self._hits.index(row, 0))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Qt's: another row."""
        super().currentChanged(current, previous)
        hit = self._hits.hit(current.row())
        if hit is not None and not self._following:
            self.chosen.emit(hit.tile_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's: the focus alone chooses no row; Qt would make the first one current."""
        nothing = not self.currentIndex().isValid()
        self._following = True
        super().focusInEvent(event)
        if nothing:
            self.setCurrentIndex(QModelIndex())
        self._following = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: a press on the current row chooses it again, so that the map comes back to it."""
        before = self.tile_id
        super().mousePressEvent(event)
        if before is not None and before == self.tile_id and self.indexAt(event.pos()) == self.currentIndex():
            self.chosen.emit(before)

    def event(self, event: QEvent) -> bool:
        """Qt's: while the list has the focus, its keys come before QGIS's shortcuts of one letter."""
        if event.type() == QEvent.Type.ShortcutOverride and command_of(event) is not None:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: a command's key, else what a list does."""
        command = command_of(event)
        if command is None:
            super().keyPressEvent(event)
        else:
            self.commanded.emit(command.name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: other rows are in view."""
        super().resizeEvent(event)
        self._rest.start()

    def tell_seen_soon(self, *_: object) -> None:
        """Say which rows are in view, once scrolling rests."""
        # Not the timer's own slot: it would take a signal's number for milliseconds.
        self._rest.start()

    def _tell_seen(self) -> None:
        if not self.isVisible() or not self._hits.rowCount():
            return
        first = self.indexAt(self.viewport().rect().topLeft())
        top = first.row() if first.isValid() else 0
        height = max(self.visualRect(self._hits.index(top, 0)).height(), 1)
        rows = self.viewport().height() // height + 2 + _ROWS_AHEAD
        hits = [self._hits.hit(row) for row in range(top, top + rows)]
        self.seen.emit([hit.tile_id for hit in hits if hit is not None])
