"""Pick a tile by a click on the map."""

from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from .highlight import Highlight
from .tiles import Tiles
from .transform import point_in

_HOVER = QColor(255, 255, 255)


class TileTool(QgsMapTool):
    """A map tool that outlines the tile under the pointer and says which one was clicked.

    Args:
        canvas: The map.
    """

    tilePicked = pyqtSignal(str)  # noqa: N815 - as Qt names signals

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._tiles: Tiles | None = None
        self._hover = Highlight(canvas, _HOVER, width=2)
        self._under = ""
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_tiles(self, tiles: Tiles | None) -> None:
        """Pick among the tiles of another index, or none."""
        self._tiles = tiles
        self._outline("")

    def remove(self) -> None:
        """Take the tool and its outline off the canvas for good."""
        self.canvas().unsetMapTool(self)
        self._hover.remove()
        # The canvas owns it, and would keep it until QGIS ends.
        self.deleteLater()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Outline the tile under the pointer."""
        self._outline(self._tile_at(event.mapPoint()) or "")

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Pick the tile under the pointer; a click beside the grid picks nothing."""
        tile_id = self._tile_at(event.mapPoint())
        if tile_id is not None and event.button() == Qt.MouseButton.LeftButton:
            self.tilePicked.emit(tile_id)

    def deactivate(self) -> None:
        """Outline nothing while another tool is used."""
        self._outline("")
        super().deactivate()

    def _tile_at(self, point: QgsPointXY) -> str | None:
        if self._tiles is None:
            return None
        shown_in = self.canvas().mapSettings().destinationCrs()
        place = point_in(point, shown_in, self._tiles.reference_system)
        return None if place is None else self._tiles.tile_at(place.x(), place.y())

    def _outline(self, tile_id: str) -> None:
        if tile_id == self._under:
            return
        self._under = tile_id
        if tile_id and self._tiles is not None:
            self._hover.show(self._tiles.bounds(tile_id), self._tiles.reference_system)
        else:
            self._hover.hide()
