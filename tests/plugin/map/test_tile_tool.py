"""A click on the map picks the tile that lies there, in whatever CRS the map is shown."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapMouseEvent, QgsRubberBand
from qgis.PyQt.QtCore import QEvent, Qt

from changeseek.plugin.map.tile_tool import TileTool
from changeseek.plugin.map.tiles import Tiles
from changeseek.plugin.map.transform import point_in

UTM = QgsCoordinateReferenceSystem("EPSG:32633")


def _mouse(
    canvas: Any, kind: QEvent.Type, x: float, y: float, button: Any = Qt.MouseButton.LeftButton
) -> QgsMapMouseEvent:
    """At a place in the CRS of the index."""
    shown = point_in(QgsPointXY(x, y), UTM, canvas.mapSettings().destinationCrs())
    pixel = canvas.getCoordinateTransform().transform(shown).toQPointF().toPoint()
    return QgsMapMouseEvent(canvas, kind, pixel, button, button)


def _release(canvas: Any, x: float, y: float, **how: Any) -> QgsMapMouseEvent:
    return _mouse(canvas, QEvent.Type.MouseButtonRelease, x, y, **how)


def _bands(canvas: Any) -> list[QgsRubberBand]:
    return [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]


def _outlined(canvas: Any) -> list[str]:
    return [band.asGeometry().boundingBox().toString(0) for band in _bands(canvas) if band.numberOfVertices()]


def test_a_click_picks_the_tile(canvas: Any, tiles: Tiles, qtbot: Any) -> None:
    tool = TileTool(canvas)
    tool.set_tiles(tiles)
    with qtbot.waitSignal(tool.tilePicked) as picked:
        tool.canvasReleaseEvent(_release(canvas, 500000 + 3.5 * 64, 5000000 - 1.5 * 64))
    assert picked.args == ["r001c003"]
    tool.remove()


def test_a_click_picks_the_same_tile_on_a_map_in_degrees(canvas: Any, tiles: Tiles, qtbot: Any) -> None:
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    canvas.setDestinationCrs(degrees)
    west_south = point_in(QgsPointXY(500000, 4999488), UTM, degrees)
    east_north = point_in(QgsPointXY(500512, 5000000), UTM, degrees)
    assert west_south and east_north
    canvas.setExtent(QgsRectangle(west_south, east_north))
    tool = TileTool(canvas)
    tool.set_tiles(tiles)
    with qtbot.waitSignal(tool.tilePicked) as picked:
        tool.canvasReleaseEvent(_release(canvas, 500000 + 3.5 * 64, 5000000 - 1.5 * 64))
    assert picked.args == ["r001c003"]
    tool.remove()


def test_other_clicks_pick_nothing(canvas: Any, tiles: Tiles, qtbot: Any) -> None:
    tool = TileTool(canvas)
    with qtbot.assertNotEmitted(tool.tilePicked):
        tool.canvasReleaseEvent(_release(canvas, 500100, 4999900))
        tool.set_tiles(tiles)
        tool.canvasReleaseEvent(_release(canvas, 499990, 4999900))
        tool.canvasReleaseEvent(_release(canvas, 500100, 4999900, button=Qt.MouseButton.RightButton))
    tool.remove()


def test_the_tile_under_the_pointer_is_outlined(canvas: Any, tiles: Tiles) -> None:
    tool = TileTool(canvas)
    tool.set_tiles(tiles)
    tool.canvasMoveEvent(_mouse(canvas, QEvent.Type.MouseMove, 500100, 4999900))
    assert _outlined(canvas) == ["500064,4999872 : 500128,4999936"]
    tool.canvasMoveEvent(_mouse(canvas, QEvent.Type.MouseMove, 499990, 4999900))
    assert _outlined(canvas) == []
    tool.remove()


def test_nothing_is_left_on_the_canvas(canvas: Any, tiles: Tiles) -> None:
    before = len(_bands(canvas))
    tool = TileTool(canvas)
    canvas.setMapTool(tool)
    assert len(_bands(canvas)) == before + 1
    tool.remove()
    assert len(_bands(canvas)) == before
    assert canvas.mapTool() is not tool
