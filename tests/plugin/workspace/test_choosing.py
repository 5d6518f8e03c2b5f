"""A tile is chosen in the panel or on the map, and both follow."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsMapMouseEvent, QgsMapToolPan, QgsRubberBand
from qgis.PyQt.QtCore import QEvent, Qt

from changeseek.plugin.map.tile_tool import TileTool
from changeseek.plugin.map.transform import rectangle_in
from changeseek.plugin.workspace import Workspace


def _selected(workspace: Workspace) -> list[str]:
    assert workspace.hits_layer is not None
    return [feature["tile_id"] for feature in workspace.hits_layer.selectedFeatures()]


def _outlined(canvas: Any) -> list[QgsRectangle]:
    bands = [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]
    return [band.asGeometry().boundingBox() for band in bands if band.numberOfVertices()]


def _feature_of(workspace: Workspace, tile_id: str) -> int:
    assert workspace.hits_layer is not None
    (found,) = (one.id() for one in workspace.hits_layer.getFeatures() if one["tile_id"] == tile_id)
    return int(found)


def _tile_of_rank(workspace: Workspace, rank: int) -> str:
    assert workspace.hits is not None
    return workspace.hits.hits[rank - 1].tile_id


@pytest.fixture
def chosen(searched: Workspace) -> list[str]:
    """What `tileChosen` said."""
    said: list[str] = []
    searched.tileChosen.connect(said.append)
    return said


def test_a_tile_that_is_chosen_in_the_panel_is_selected_and_outlined_on_the_map(
    searched: Workspace, chosen: list[str], qgis_canvas: Any
) -> None:
    tile_id = _tile_of_rank(searched, 3)
    searched.choose_tile(tile_id)
    assert chosen == [tile_id]
    assert searched.tile == tile_id
    assert _selected(searched) == [tile_id]
    assert searched.tiles is not None
    assert _outlined(qgis_canvas) == [searched.tiles.bounds(tile_id)]


def test_the_map_moves_to_it_and_comes_near_enough(searched: Workspace, qgis_canvas: Any) -> None:
    assert searched.tiles is not None
    qgis_canvas.setExtent(QgsRectangle(400000, 5700000, 600000, 5900000))
    searched.choose_tile("r003c004")
    bounds, extent = searched.tiles.bounds("r003c004"), qgis_canvas.extent()
    assert extent.contains(bounds)
    assert extent.center().distance(bounds.center()) < 1
    assert bounds.height() / extent.height() > 0.2


def test_the_scale_stays_where_the_tile_can_be_seen_well(searched: Workspace, qgis_canvas: Any) -> None:
    searched.choose_tile("r003c004")
    scale = qgis_canvas.scale()
    searched.choose_tile("r005c001")
    assert qgis_canvas.scale() == pytest.approx(scale)


def test_a_feature_that_is_selected_on_the_map_is_chosen_in_the_panel(
    searched: Workspace, chosen: list[str], qgis_canvas: Any
) -> None:
    tile_id, extent = _tile_of_rank(searched, 5), qgis_canvas.extent()
    assert searched.hits_layer is not None
    searched.hits_layer.selectByIds([_feature_of(searched, tile_id)])
    assert chosen == [tile_id]
    assert _selected(searched) == [tile_id]
    assert qgis_canvas.extent() == extent


def test_of_several_selected_features_the_best_is_chosen(searched: Workspace, chosen: list[str]) -> None:
    assert searched.hits_layer is not None
    searched.hits_layer.selectByIds([7, 4, 9])
    assert chosen == [_tile_of_rank(searched, 4)]


def test_choosing_goes_round_no_circle(searched: Workspace, chosen: list[str]) -> None:
    searched.tileChosen.connect(searched.choose_tile)
    assert searched.hits_layer is not None
    searched.choose_tile(_tile_of_rank(searched, 2))
    searched.choose_tile(_tile_of_rank(searched, 2))
    searched.hits_layer.selectByIds([_feature_of(searched, _tile_of_rank(searched, 6))])
    assert chosen == [_tile_of_rank(searched, 2), _tile_of_rank(searched, 6)]


def test_an_emptied_selection_leaves_the_choice(searched: Workspace, chosen: list[str]) -> None:
    searched.choose_tile(_tile_of_rank(searched, 2))
    assert searched.hits_layer is not None
    searched.hits_layer.removeSelection()
    assert chosen == [_tile_of_rank(searched, 2)]


def test_a_tile_that_is_no_hit_is_outlined_and_no_hit_is_selected(
    searched: Workspace, chosen: list[str], qgis_canvas: Any
) -> None:
    assert searched.hits is not None
    assert searched.tiles is not None
    hits = {hit.tile_id for hit in searched.hits.hits}
    other = next(one for row in range(8) for col in range(8) if (one := f"r{row:03d}c{col:03d}") not in hits)
    searched.choose_tile(_tile_of_rank(searched, 1))
    searched.choose_tile(other)
    assert chosen[-1] == other
    assert _selected(searched) == []
    assert _outlined(qgis_canvas) == [searched.tiles.bounds(other)]


def test_a_text_that_is_no_tile_changes_nothing(searched: Workspace, chosen: list[str]) -> None:
    searched.choose_tile("r999c999")
    searched.choose_tile("")
    assert chosen == []


def test_the_chosen_tile_is_selected_among_the_next_hits_as_well(searched: Workspace, qtbot: Any) -> None:
    tile_id = _tile_of_rank(searched, 1)
    searched.choose_tile(tile_id)
    with qtbot.waitSignal(searched.hitsFound):
        searched.search("a lake appeared", k=64)
    assert _selected(searched) == [tile_id]


def test_a_click_on_the_map_chooses_the_tile_there_in_any_crs(
    searched: Workspace, chosen: list[str], qgis_canvas: Any
) -> None:
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    assert searched.tiles is not None
    shown = rectangle_in(searched.tiles.bounds("r003c004"), searched.tiles.reference_system, degrees)
    assert shown is not None
    qgis_canvas.setDestinationCrs(degrees)
    qgis_canvas.setExtent(shown)
    searched.pick_tiles(True)
    tool = qgis_canvas.mapTool()
    assert isinstance(tool, TileTool)
    pixel = qgis_canvas.getCoordinateTransform().transform(shown.center()).toQPointF().toPoint()
    button = Qt.MouseButton.LeftButton
    kind = QEvent.Type.MouseButtonRelease
    tool.canvasReleaseEvent(QgsMapMouseEvent(qgis_canvas, kind, pixel, button, button))
    assert chosen == ["r003c004"]
    outlined = _outlined(qgis_canvas)[0]
    assert outlined.center().x() == pytest.approx(shown.center().x(), abs=1e-6)


def test_picking_gives_the_map_tool_back(searched: Workspace, qgis_canvas: Any) -> None:
    pan = QgsMapToolPan(qgis_canvas)
    qgis_canvas.setMapTool(pan)
    said: list[bool] = []
    searched.picking.connect(said.append)
    searched.pick_tiles(True)
    searched.pick_tiles(False)
    assert qgis_canvas.mapTool() is pan
    searched.pick_tiles(True)
    qgis_canvas.setMapTool(pan)
    assert said == [True, False, True, False]
    qgis_canvas.unsetMapTool(pan)


def test_without_an_index_there_is_nothing_to_pick(workspace: Workspace, qgis_canvas: Any) -> None:
    workspace.pick_tiles(True)
    assert not isinstance(qgis_canvas.mapTool(), TileTool)
