"""Draws a hit: before and after, rank, score, how good that is, and what was said of it."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QModelIndex, QObject, QPointF, QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....core.engine.messages import Histogram, Hit
from ...translation import tr
from ..words import count
from .hit_model import HIT_ROLE, KEPT, REJECTED, VERDICT_ROLE
from .hit_row import HitRow, measure
from .picture_store import Pictures
from .scores import score_in_words, top_in_words

_FAINT = 0.72


class HitDelegate(QStyledItemDelegate):
    """Rows of one height, so that the view need not measure thousands of them.

    Args:
        pictures_of: Both dates of a tile id, None while they are on their way.
        share_of: Percent of all tiles that are as good as a hit.
    """

    def __init__(
        self,
        pictures_of: Callable[[str], Pictures | None],
        share_of: Callable[[Hit], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pictures_of = pictures_of
        self._share_of = share_of
        self._low, self._high = 0.0, 1.0

    def set_scale(self, histogram: Histogram | None, hits: tuple[Hit, ...]) -> None:
        """Let the score's bar be empty at the worst tile's score and full at the best one's."""
        scores = [hit.score for hit in hits] or [0.0]
        self._low = histogram.low if histogram is not None else min(0.0, *scores)
        self._high = max([histogram.high if histogram is not None else 0.0, *scores])

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Qt's: the same for all rows."""
        return _row(option).size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Qt's: one row."""
        hit, verdict = index.data(HIT_ROLE), index.data(VERDICT_ROLE)
        if hit is None:
            return
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        row = _row(option)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_pictures(painter, option, row, hit, verdict)
        self._paint_words(painter, option, row, hit, verdict)
        painter.restore()

    def _paint_pictures(
        self, painter: QPainter, option: QStyleOptionViewItem, row: HitRow, hit: Hit, verdict: str
    ) -> None:
        pictures = self._pictures_of(hit.tile_id)
        places = row.pictures(option.rect)
        painter.setOpacity(0.4 if verdict == REJECTED else 1.0)
        if pictures is None:
            for place in places:
                _paint_placeholder(painter, option.palette, place)
        else:
            painter.drawPixmap(places[0], pictures.before)
            painter.drawPixmap(places[1], pictures.after)
        painter.setOpacity(1.0)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, row: HitRow, hit: Hit, verdict: str
    ) -> None:
        ink = _ink(option)
        first, second, third = row.words(option.rect)
        metrics = QFontMetrics(option.font)
        score = score_in_words(hit.score)
        self._paint_score(painter, option, first, hit, score)
        painter.setPen(ink)
        bold = painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        _write(painter, first, count(hit.rank), Qt.AlignmentFlag.AlignLeft)
        bold.setBold(False)
        painter.setFont(bold)
        _write(painter, second, top_in_words(self._share_of(hit)), Qt.AlignmentFlag.AlignLeft)
        painter.setPen(_faded(ink, _FAINT))
        _write(painter, third, hit.tile_id, Qt.AlignmentFlag.AlignLeft)
        painter.setPen(ink)
        _paint_mark(painter, third, verdict, metrics.horizontalAdvance(hit.tile_id) + row.gap)

    def _paint_score(
        self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, hit: Hit, score: str
    ) -> None:
        """The bar between rank and score, in one column for all rows."""
        metrics = QFontMetrics(option.font)
        ink = _ink(option)
        room = line.adjusted(metrics.horizontalAdvance("00000"), 0, 0, 0)
        number = metrics.horizontalAdvance("−0.000")
        painter.setPen(ink)
        _write(painter, room, score, Qt.AlignmentFlag.AlignRight)
        bar = QRectF(room).adjusted(0, line.height() * 0.34, -number - metrics.averageCharWidth(), 0)
        bar.setHeight(line.height() * 0.32)
        if bar.width() < line.height():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faded(ink, 0.18))
        painter.drawRect(bar)
        span = self._high - self._low
        share = (hit.score - self._low) / span if span > 0 else 1.0
        bar.setWidth(bar.width() * min(max(share, 0.0), 1.0))
        painter.setBrush(ink if _is_selected(option) else option.palette.color(QPalette.ColorRole.Highlight))
        painter.drawRect(bar)


def _paint_placeholder(painter: QPainter, palette: QPalette, place: QRect) -> None:
    ink = palette.color(QPalette.ColorRole.Text)
    painter.setPen(QPen(_faded(ink, 0.25), 1, Qt.PenStyle.DotLine))
    painter.setBrush(_faded(ink, 0.07))
    painter.drawRect(place.adjusted(0, 0, -1, -1))


def _verdict_in_words(verdict: str) -> str:
    return {KEPT: tr("kept"), REJECTED: tr("rejected")}.get(verdict, "")


def _paint_mark(painter: QPainter, line: QRect, verdict: str, taken: int) -> None:
    """A tick or a cross at the right end of the line, and its word where that much is not `taken` already."""
    if not verdict:
        return
    words = _verdict_in_words(verdict)
    width = painter.fontMetrics().horizontalAdvance(words) + line.height() // 3
    side = line.height() * 0.55
    if line.width() - taken < width + side:
        width = 0
    else:
        _write(painter, line, words, Qt.AlignmentFlag.AlignRight)
    box = QRectF(line.right() - width - side, line.center().y() + 1 - side / 2, side, side)
    painter.setPen(QPen(painter.pen().color(), max(line.height() / 9, 1.4)))
    if verdict == KEPT:
        middle = QPointF(box.left() + side * 0.36, box.bottom())
        painter.drawPolyline(QPolygonF([QPointF(box.left(), box.center().y()), middle, box.topRight()]))
    else:
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())


def _write(painter: QPainter, line: QRect, text: str, side: Qt.AlignmentFlag) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def _row(option: QStyleOptionViewItem) -> HitRow:
    """Measures by the list's own width, which does not change when its scroll bar comes."""
    width = option.widget.width() if option.widget is not None else option.rect.width()
    return measure(QFontMetrics(option.font), width)


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _ink(option: QStyleOptionViewItem) -> QColor:
    role = QPalette.ColorRole.HighlightedText if _is_selected(option) else QPalette.ColorRole.Text
    active = bool(option.state & QStyle.StateFlag.State_Active)
    group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
    return QColor(option.palette.color(group, role))


def _faded(colour: QColor, strength: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(strength)
    return faded
