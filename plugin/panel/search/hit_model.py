"""The hits as Qt's list model: the best first, as many of them as threshold and number allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ....core.engine.messages import Hit, HitsAnswer
from ...translation import tr
from ..words import count
from .scores import score_in_words, top_in_words, top_share

HIT_ROLE = Qt.ItemDataRole.UserRole
VERDICT_ROLE = Qt.ItemDataRole.UserRole + 1
KEPT, REJECTED, UNMARKED = "kept", "rejected", ""


class HitModel(QAbstractListModel):
    """Rows are the first hits of an answer: hits come best first, so a threshold only moves the end.

    Args:
        verdict_of: Says `kept`, `rejected` or nothing of a tile id; asked once for each row that is seen.
    """

    def __init__(self, verdict_of: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._verdict_of = verdict_of
        self._hits: tuple[Hit, ...] = ()
        self._tiles = 0
        self._listed = 0
        self._rows: dict[str, int] = {}
        self._verdicts: dict[str, str] = {}

    def show_answer(self, answer: HitsAnswer | None) -> None:
        """List the hits of another query, all of them; None empties the list."""
        self.beginResetModel()
        self._hits = answer.hits if answer is not None else ()
        self._tiles = answer.tiles if answer is not None else 0
        self._listed = len(self._hits)
        self._rows = {hit.tile_id: row for row, hit in enumerate(self._hits)}
        self._verdicts = {}
        self.endResetModel()

    def list_best(self, listed: int) -> None:
        """List the best `listed` hits only."""
        listed = min(max(listed, 0), len(self._hits))
        if listed < self._listed:
            self.beginRemoveRows(QModelIndex(), listed, self._listed - 1)
            self._listed = listed
            self.endRemoveRows()
        elif listed > self._listed:
            self.beginInsertRows(QModelIndex(), self._listed, listed - 1)
            self._listed = listed
            self.endInsertRows()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Qt's: hits that are listed."""
        return 0 if parent is not None and parent.isValid() else self._listed

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: the hit, its verdict, and words for those who hear the list instead of seeing it."""
        if not index.isValid() or index.row() >= self._listed:
            return None
        hit = self._hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role == VERDICT_ROLE:
            return self.verdict(hit.tile_id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._in_words(hit)
        return None

    def hit(self, row: int) -> Hit | None:
        """The hit of a listed row, None outside."""
        return self._hits[row] if 0 <= row < self._listed else None

    def row_of(self, tile_id: str) -> int | None:
        """The listed row of a tile, None where it is none of the hits or hidden by the threshold."""
        row = self._rows.get(tile_id)
        return row if row is not None and row < self._listed else None

    def share_of(self, hit: Hit) -> float:
        """Percent (0..100] of all tiles that are as good as this hit."""
        return top_share(hit.percentile, self._tiles)

    def verdict(self, tile_id: str) -> str:
        """`kept`, `rejected` or nothing."""
        if tile_id not in self._verdicts:
            self._verdicts[tile_id] = self._verdict_of(tile_id)
        return self._verdicts[tile_id]

    def marked(self, verdict: str) -> int:
        """How many hits, listed or not, are marked so."""
        return sum(self.verdict(hit.tile_id) == verdict for hit in self._hits)

    def verdict_changed(self, tile_id: str) -> None:
        """Ask again what was said of a tile, and draw it."""
        self._verdicts.pop(tile_id, None)
        row = self.row_of(tile_id)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def _in_words(self, hit: Hit) -> str:
        words = [
            tr("Hit {}").format(count(hit.rank)),
            tr("tile {}").format(hit.tile_id),
            tr("score {}").format(score_in_words(hit.score)),
            top_in_words(self.share_of(hit)),
        ]
        marks = {KEPT: [tr("kept")], REJECTED: [tr("rejected")]}
        return ", ".join(words + marks.get(self.verdict(hit.tile_id), []))
