"""Two tiles side by side, each on both dates: before above after, or both dates in turn in one place."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...translation import tr
from ..search.picture_store import Pictures
from .pair_layout import PairLayout, lay_out
from .pair_queue import Pair

_CARD, _LINE, _FAINT = 0.05, 0.22, 0.75
_RADIUS = 5


class PairView(QWidget):
    """Draws what the pictures give; has the focus while keys answer, and shows that.

    Args:
        pictures_of: Gives both dates of a tile, None while they are on their way.
        parent: Owner.

    Signals:
        clicked: The id of the tile that was clicked.
    """

    clicked = pyqtSignal(str)

    def __init__(self, pictures_of: Callable[[str], Pictures | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_pair")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pictures_of = pictures_of
        self._pair: Pair | None = None
        self._dates: tuple[str | None, str | None] = (None, None)
        self._flickers = self._shows_after = False
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._turn)

    @property
    def text(self) -> str:
        """The ids of the two tiles; empty where there are none."""
        return f"{self._pair.first} {self._pair.second}" if self._pair is not None else ""

    @property
    def complete(self) -> bool:
        """Whether both tiles have their pictures."""
        pair = self._pair
        return pair is not None and all(
            self._pictures_of(tile_id) is not None for tile_id in (pair.first, pair.second)
        )

    def set_dates(self, dates: tuple[str | None, str | None]) -> None:
        """Days of before and after, None where unknown."""
        self._dates = dates
        self.update()

    def show_pair(self, pair: Pair | None) -> None:
        """Show these two tiles."""
        self._pair = pair
        if pair is not None:
            told = tr("Tile {} beside tile {}, each before and after").format(pair.first, pair.second)
            self.setAccessibleName(told)
        self.update()

    def flicker(self, seconds: float | None) -> None:
        """Show both dates in turn in one place, each for so long; None shows them one above the other."""
        self._flickers, self._shows_after = seconds is not None, False
        if seconds is None:
            self._clock.stop()
        else:
            self._clock.start(max(1, round(1000 * seconds)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Qt's: pictures are square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's: that of the cards."""
        return self._layout(width).height

    def sizeHint(self) -> QSize:
        """Qt's: two pictures of 128 pixels beside each other."""
        width = 2 * 128 + 5 * self.fontMetrics().height() // 3
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Qt's: still to be recognised."""
        return QSize(140, self.heightForWidth(140))

    def event(self, event: QEvent) -> bool:
        """Qt's: the tooltip is that of the tile below the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tile_id = self._tile_at(event.pos())
            words = tr("Tile {}: click to see it on the map").format(tile_id) if tile_id else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return bool(super().event(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: a click on a tile."""
        super().mousePressEvent(event)
        tile_id = self._tile_at(event.pos())
        if tile_id:
            self.clicked.emit(tile_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: the cards; pictures are scaled here, so that they are sharp on any screen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        layout = self._layout(self.width())
        for place, tile_id in enumerate(self._tiles()):
            self._draw_card(painter, layout.card(place))
            self._write(painter, layout.title(place), [tr("Tile {}").format(tile_id), tile_id], 1.0)
            self._draw_dates(painter, layout, place, tile_id)
        painter.end()

    def _draw_dates(self, painter: QPainter, layout: PairLayout, place: int, tile_id: str) -> None:
        pictures = self._pictures_of(tile_id)
        both = (QPixmap(), QPixmap()) if pictures is None else (pictures.before, pictures.after)
        shown = [int(self._shows_after)] if self._flickers else [0, 1]
        for row, date in enumerate(shown):
            self._write(painter, layout.date(place, row), _forms(date, self._dates[date]), _FAINT)
            self._draw(painter, layout.picture(place, row), both[date])

    def _draw_card(self, painter: QPainter, card: QRect) -> None:
        focus = self.hasFocus()
        role = QPalette.ColorRole
        painter.setPen(QPen(self.palette().color(role.Highlight), 2) if focus else QPen(self._tint(_LINE), 1))
        painter.setBrush(self._tint(_CARD))
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _draw(self, painter: QPainter, where: QRect, picture: QPixmap) -> None:
        if picture.isNull():
            painter.fillRect(where, self._tint(2 * _CARD))
            return
        fitted = picture.size().scaled(where.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(where.topLeft(), fitted)
        target.moveCenter(where.center())
        painter.drawPixmap(target, picture)

    def _write(self, painter: QPainter, line: QRect, forms: list[str], opacity: float) -> None:
        metrics = painter.fontMetrics()
        fitting = [form for form in forms if metrics.horizontalAdvance(form) <= line.width()]
        painter.setPen(self._tint(opacity))
        centre = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(line, centre, fitting[0] if fitting else forms[-1])

    def _tint(self, opacity: float) -> QColor:
        colour = QColor(self.palette().color(QPalette.ColorRole.WindowText))
        colour.setAlphaF(opacity)
        return colour

    def _turn(self) -> None:
        self._shows_after = not self._shows_after
        self.update()

    def _tiles(self) -> list[str]:
        return [] if self._pair is None else [self._pair.first, self._pair.second]

    def _tile_at(self, place: QPoint) -> str:
        layout = self._layout(self.width())
        tiles = enumerate(self._tiles())
        return next((tile for number, tile in tiles if layout.card(number).contains(place)), "")

    def _layout(self, width: int) -> PairLayout:
        return lay_out(width, int(self.fontMetrics().height()), 1 if self._flickers else 2)


def _forms(date: int, day: str | None) -> list[str]:
    """A date's words from the longest to the shortest."""
    word = (tr("Before"), tr("After"))[date]
    return [f"{word} {day[:10]}", day[:10], word] if day else [word]
