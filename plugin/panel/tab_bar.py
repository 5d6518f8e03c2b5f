"""The tabs' titles: where the dock is too narrow for icons and words, the words stay."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QStyle, QTabBar


class TabBar(QTabBar):
    """Takes the icons away while they would cut the words."""

    def minimumSizeHint(self) -> QSize:
        """Qt's: the dock may be narrower than all the words."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: icons as well where there is room."""
        super().resizeEvent(event)
        side = self.style().pixelMetric(QStyle.PixelMetric.PM_TabBarIconSize, None, self)
        now = self.iconSize().width()
        needed = sum(self.tabSizeHint(tab).width() + side - now for tab in range(self.count()))
        wanted = side if needed <= self.parentWidget().width() else 0
        if wanted != now:
            self.setIconSize(QSize(wanted, wanted))
