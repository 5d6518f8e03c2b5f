"""The chosen tile is outlined where it lies, in whatever CRS the map is shown."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsRubberBand

from changeseek.plugin.map.highlight import Highlight
from changeseek.plugin.map.tiles import Tiles


def _outlined(canvas: Any) -> list[str]:
    bands = [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]
    return [band.asGeometry().boundingBox().toString(3) for band in bands if band.numberOfVertices()]


def test_one_tile_at_a_time_is_outlined(canvas: Any, tiles: Tiles) -> None:
    highlight = Highlight(canvas)
    highlight.show(tiles.bounds("r000c000"), tiles.reference_system)
    highlight.show(tiles.bounds("r001c003"), tiles.reference_system)
    assert _outlined(canvas) == ["500192.000,4999872.000 : 500256.000,4999936.000"]
    highlight.hide()
    assert _outlined(canvas) == []
    highlight.remove()


def test_the_outline_follows_when_the_maps_crs_changes(canvas: Any, tiles: Tiles) -> None:
    highlight = Highlight(canvas)
    highlight.show(tiles.bounds("r001c003"), tiles.reference_system)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert _outlined(canvas) == ["15.002,45.152 : 15.003,45.153"]
    highlight.remove()


def test_a_removed_outline_leaves_nothing(canvas: Any, tiles: Tiles) -> None:
    items = len(canvas.scene().items())
    highlight = Highlight(canvas)
    highlight.show(tiles.bounds("r001c003"), tiles.reference_system)
    highlight.remove()
    assert len(canvas.scene().items()) == items
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert _outlined(canvas) == []
