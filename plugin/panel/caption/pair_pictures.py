"""One tile on both dates, side by side, as large as the dock allows."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette, QPixmap
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ...translation import tr

_GAP = 6
_LARGEST = 320
_SMALLEST = 64


class PairPictures(QWidget):
    """Before on the left, after on the right, each under its date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_pictures")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._dates: tuple[str | None, str | None] = (None, None)
        self._pictures = (QPixmap(), QPixmap())

    def set_dates(self, dates: tuple[str | None, str | None]) -> None:
        """Days of before and after, None where unknown."""
        self._dates = dates
        self.setAccessibleName(" | ".join(self._titles()))
        self.update()

    def show_files(self, before: str, after: str) -> None:
        """Read two small picture files."""
        self._pictures = (QPixmap(before), QPixmap(after))
        self.update()

    def clear(self) -> None:
        """Another tile: its pictures are on their way."""
        self._pictures = (QPixmap(), QPixmap())
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Pictures are square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Both squares with their titles."""
        return self._side(width) + self._title_height()

    def sizeHint(self) -> QSize:
        """Two pictures of 128 pixels."""
        return QSize(2 * 128 + _GAP, 128 + self._title_height())

    def minimumSizeHint(self) -> QSize:
        """Still to be recognised."""
        return QSize(2 * _SMALLEST + _GAP, _SMALLEST + self._title_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw titles and pictures; scaled here, so that they are sharp on any screen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side, top = self._side(self.width()), self._title_height()
        for number, (title, picture) in enumerate(zip(self._titles(), self._pictures)):  # noqa: B905
            left = number * (side + _GAP)
            shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, side)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(QPoint(left, painter.fontMetrics().ascent() + 2), shown)
            self._draw(painter, QRect(left, top, side, side), picture)
        painter.end()

    def _draw(self, painter: QPainter, where: QRect, picture: QPixmap) -> None:
        if picture.isNull():
            painter.fillRect(where, self.palette().color(QPalette.ColorRole.AlternateBase))
            return
        fitted = picture.size().scaled(where.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(where.topLeft(), fitted)
        target.moveCenter(where.center())
        painter.drawPixmap(target, picture)

    def _titles(self) -> tuple[str, str]:
        before, after = self._dates
        return (
            f"{tr('Before')} {before}" if before else tr("Before"),
            f"{tr('After')} {after}" if after else tr("After"),
        )

    def _side(self, width: int) -> int:
        return max(_SMALLEST, min((width - _GAP) // 2, _LARGEST))

    def _title_height(self) -> int:
        return int(self.fontMetrics().height()) + 4
