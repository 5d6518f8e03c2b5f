"""Icons that are drawn anew when the theme changes, so that they show on dark and on light."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtGui import QIcon, QPalette
from qgis.PyQt.QtWidgets import QWidget

from .search.icons import panel_icon


class _Keeper(QObject):
    def __init__(self, owner: QWidget, draw: Callable[[], None]) -> None:
        super().__init__(owner)
        self._draw = draw
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        return bool(super().eventFilter(watched, event))


def keep_icon(
    owner: QWidget,
    name: str,
    show: Callable[[QIcon], object],
    role: QPalette.ColorRole = QPalette.ColorRole.ButtonText,
) -> None:
    """Show an icon of resources/icons/panel in the owner's palette, now and after each change of it.

    Args:
        owner: Whose palette it is.
        name: The icon's file name without its ending.
        show: Takes the icon, such as a button's `setIcon`.
        role: Colour of its lines.
    """

    def draw() -> None:
        show(panel_icon(name, owner.palette(), role))

    _Keeper(owner, draw)
    draw()
