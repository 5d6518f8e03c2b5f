"""The panel's own icons, drawn in the palette's text colour, so that they show in dark and light themes."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QByteArray, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from qgis.PyQt.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "icons" / "panel"
# Device pixels; the larger ones are for high scales and for the pictures of empty states.
_SIDES = (16, 24, 32, 48, 64, 96)


def panel_icon(
    name: str, palette: QPalette, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText
) -> QIcon:
    """An icon of resources/icons/panel in the colours of `palette`; ask again when the palette changes."""
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8")
    icon = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        for side in _SIDES:
            icon.addPixmap(_pixmap(drawing, palette.color(group, role), side), mode)
    return icon


def _pixmap(drawing: str, colour: QColor, side: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour.name()).encode("utf-8")))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
