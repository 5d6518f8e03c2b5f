"""The chosen tile, outlined on the map."""

from __future__ import annotations

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsCsException, QgsGeometry, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

_CHOSEN = QColor(0, 229, 255)
_AROUND = QColor(10, 20, 40, 220)


class Highlight(QObject):
    """An outline that is part of the canvas, not of the project.

    Args:
        canvas: Where it is drawn.
        colour: Of the line.
        width: Of the line in pixels.
    """

    def __init__(self, canvas: QgsMapCanvas, colour: QColor = _CHOSEN, width: int = 4) -> None:
        super().__init__()
        self._canvas = canvas
        self._place: tuple[QgsRectangle, QgsCoordinateReferenceSystem] | None = None
        self._band = QgsRubberBand(canvas, Qgis.GeometryType.Polygon)
        self._band.setStrokeColor(colour)
        self._band.setSecondaryStrokeColor(_AROUND)  # legible on any ground
        self._band.setFillColor(QColor(0, 0, 0, 0))
        self._band.setWidth(width)
        canvas.destinationCrsChanged.connect(self._draw)

    @property
    def shown(self) -> QgsRectangle | None:
        """What is outlined, in the CRS that it was given in."""
        return None if self._place is None else self._place[0]

    def show(self, bounds: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Outline a rectangle instead of what was outlined before."""
        self._place = (bounds, crs)
        self._draw()

    def hide(self) -> None:
        """Outline nothing."""
        self._place = None
        self._draw()

    def remove(self) -> None:
        """Take the outline off the canvas for good."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self._canvas.scene().removeItem(self._band)

    def _draw(self) -> None:
        self._band.reset(Qgis.GeometryType.Polygon)
        if self._place is None:
            return
        bounds, crs = self._place
        try:
            self._band.setToGeometry(QgsGeometry.fromRect(bounds), crs)
        except QgsCsException:
            self._band.reset(Qgis.GeometryType.Polygon)
