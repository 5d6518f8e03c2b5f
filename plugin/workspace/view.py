"""What the workspace does to the map canvas: centre on a tile, outline it, let tiles be picked."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..map.highlight import Highlight
from ..map.tile_tool import TileTool
from ..map.tiles import Tiles
from ..map.transform import rectangle_in

# A tile smaller than this share of the map is too small to look at; larger than the map it is too large.
_SMALLEST_SHARE = 0.12
_GOOD_SHARE = 0.35
_MARGIN = 1.05


class View(QObject):
    """The map canvas as far as tiles are concerned.

    Args:
        canvas: Of QGIS's window.
        parent: Owner.
    """

    # A tile id that was clicked on the map.
    picked = pyqtSignal(str)
    # Whether a click on the map picks a tile; also when the user took another map tool.
    picking = pyqtSignal(bool)

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._tiles: Tiles | None = None
        self._highlight = Highlight(canvas)
        self._tool = TileTool(canvas)
        self._tool_before: QgsMapTool | None = None
        self._tool.tilePicked.connect(self.picked)
        self._tool.activated.connect(self._began_picking)
        self._tool.deactivated.connect(self._ended_picking)

    @property
    def outlined(self) -> QgsRectangle | None:
        """The outlined tile in the index's CRS."""
        return self._highlight.shown

    def set_tiles(self, tiles: Tiles | None) -> None:
        """Work on the tiles of another index, or of none."""
        self._tiles = tiles
        self._highlight.hide()
        self._tool.set_tiles(tiles)
        if tiles is None:
            self.pick(False)

    def zoom_to_all(self) -> None:
        """Show all tiles."""
        if self._tiles is not None:
            self._zoom(self._tiles.extent, self._tiles.reference_system, _MARGIN)

    def reveal(self, tile_ids: Sequence[str]) -> None:
        """Show all tiles where the map shows none of these: hits out of sight look like none."""
        if self._tiles is None or not tile_ids:
            return
        shown = rectangle_in(
            self._canvas.extent(),
            self._canvas.mapSettings().destinationCrs(),
            self._tiles.reference_system,
        )
        if shown is None or not any(shown.intersects(self._tiles.bounds(tile_id)) for tile_id in tile_ids):
            self.zoom_to_all()

    def outline(self, tile_id: str) -> None:
        """Outline a tile of the grid."""
        if self._tiles is not None:
            self._highlight.show(self._tiles.bounds(tile_id), self._tiles.reference_system)

    def centre_on(self, tile_id: str) -> None:
        """Move the map to a tile, and zoom where it would be too small or too large to look at."""
        if self._tiles is None:
            return
        bounds = self._tiles.bounds(tile_id)
        shown = rectangle_in(
            bounds, self._tiles.reference_system, self._canvas.mapSettings().destinationCrs()
        )
        if shown is None:
            return
        extent = self._canvas.extent()
        share = max(shown.width() / extent.width(), shown.height() / extent.height())
        if _SMALLEST_SHARE <= share <= 1:
            self._canvas.setCenter(shown.center())
            self._canvas.refresh()
        else:
            self._zoom(bounds, self._tiles.reference_system, 1 / _GOOD_SHARE)

    def pick(self, on: bool) -> None:
        """Let a click on the map pick a tile, or go back to the tool that was used before."""
        if on and self._canvas.mapTool() is not self._tool:
            self._tool_before = self._canvas.mapTool()
            self._canvas.setMapTool(self._tool)
        elif not on and self._canvas.mapTool() is self._tool:
            self._canvas.unsetMapTool(self._tool)
            # The plugin that it came from may have gone meanwhile.
            if self._tool_before is not None and not sip.isdeleted(self._tool_before):
                self._canvas.setMapTool(self._tool_before)

    def remove(self) -> None:
        """Take everything off the canvas for good."""
        self.pick(False)
        self._tool.remove()
        self._highlight.remove()

    def _zoom(self, bounds: QgsRectangle, crs: QgsCoordinateReferenceSystem, margin: float) -> None:
        shown = rectangle_in(bounds, crs, self._canvas.mapSettings().destinationCrs())
        if shown is not None:
            shown.scale(margin)
            self._canvas.setExtent(shown)
            self._canvas.refresh()

    def _began_picking(self) -> None:
        self.picking.emit(True)

    def _ended_picking(self) -> None:
        self.picking.emit(False)
