"""Hits come onto the map, graduated by score; the newest question counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer

from changeseek.core.engine.messages import HitsAnswer
from changeseek.plugin.workspace import Workspace


def _search(workspace: Workspace, qtbot: Any, *question: Any) -> QgsVectorLayer:
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.search(*question)
    return workspace.hits_layer


def _top(layer: QgsVectorLayer) -> str:
    return str(min(layer.getFeatures(), key=lambda feature: feature["rank"])["tile_id"])


def test_hits_are_a_layer_on_top_of_the_dates(searched: Workspace) -> None:
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    assert [node.name() for node in group.children()] == [
        "houses were built",
        "town-2020-06-01.tif (2020-06-01)",
        "town-2015-06-01.tif (2015-06-01)",
    ]
    assert searched.hits is not None
    layer = searched.hits_layer
    assert layer is not None
    assert layer.featureCount() == len(searched.hits.hits) == 20
    assert _top(layer) == searched.hits.hits[0].tile_id
    assert layer.crs().authid() == "EPSG:32633"


def test_hits_lie_where_the_tiles_lie(searched: Workspace) -> None:
    assert searched.tiles is not None
    assert searched.hits_layer is not None
    for feature in searched.hits_layer.getFeatures():
        assert feature.geometry().boundingBox() == searched.tiles.bounds(feature["tile_id"])


def test_the_layer_is_graduated_over_the_scores_that_there_are(searched: Workspace) -> None:
    assert searched.hits is not None
    layer = searched.hits_layer
    assert layer is not None
    scores = [hit.score for hit in searched.hits.hits]
    ranges = layer.renderer().ranges()
    assert layer.renderer().classAttribute() == "score"
    assert (ranges[-1].lowerValue(), ranges[0].upperValue()) == pytest.approx((min(scores), max(scores)))


def test_the_answer_has_a_histogram_of_all_tiles(searched: Workspace) -> None:
    assert searched.hits is not None
    assert searched.hits.histogram is not None
    assert sum(searched.hits.histogram.counts) == 64


def test_the_next_search_uses_the_same_layer_with_the_users_changes(searched: Workspace, qtbot: Any) -> None:
    first = searched.hits_layer
    assert first is not None
    first.setOpacity(0.5)
    searched.filter_hits(None, 3)
    layer = _search(searched, qtbot, "a lake appeared", "change", 10)
    assert layer.id() == first.id()
    assert (layer.name(), layer.opacity(), layer.featureCount()) == ("a lake appeared", 0.5, 10)
    assert searched.hits is not None
    assert layer.renderer().ranges()[0].upperValue() == pytest.approx(searched.hits.hits[0].score)


def test_hits_out_of_sight_are_brought_into_it(searched: Workspace, qgis_canvas: Any, qtbot: Any) -> None:
    assert searched.tiles is not None
    corner = searched.tiles.extent
    elsewhere = QgsRectangle(corner.xMaximum() + 1000, corner.yMinimum(), corner.xMaximum() + 1100, 5820000)
    qgis_canvas.setExtent(elsewhere)
    _search(searched, qtbot, "a lake appeared", "change", 10)
    assert qgis_canvas.extent().contains(searched.tiles.extent)


def test_the_map_stays_where_a_good_hit_is_in_sight(
    searched: Workspace, qgis_canvas: Any, qtbot: Any
) -> None:
    assert searched.hits is not None
    searched.choose_tile(searched.hits.hits[0].tile_id)
    extent = qgis_canvas.extent()
    _search(searched, qtbot, "houses were built", "change", 5)
    assert qgis_canvas.extent() == extent


def test_a_layer_that_is_being_edited_is_left_to_the_user(searched: Workspace, qtbot: Any) -> None:
    first = searched.hits_layer
    assert first is not None
    first.startEditing()
    layer = _search(searched, qtbot, "a lake appeared")
    assert layer.id() != first.id()
    assert first.isEditable()
    first.rollBack()


def test_a_removed_layer_comes_back_with_the_next_search(searched: Workspace, qtbot: Any) -> None:
    layer = searched.hits_layer
    assert layer is not None
    QgsProject.instance().removeMapLayer(layer.id())
    assert searched.hits_layer is None
    assert _search(searched, qtbot, "a lake appeared") is not None


def test_tiles_like_one_tile(searched: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(searched.hitsFound) as found:
        searched.similar("r003c004", 5)
    assert len(found.args[0].hits) == 5
    assert searched.hits_layer is not None
    assert searched.hits_layer.name() == "like r003c004"


def test_a_newer_search_replaces_a_running_one(opened: Workspace, qtbot: Any) -> None:
    answers: list[HitsAnswer] = []
    opened.hitsFound.connect(answers.append)
    opened.search("houses were built")
    assert opened.searching
    opened.search("a lake appeared")
    qtbot.waitUntil(lambda: not opened.searching)
    qtbot.wait(100)
    assert [answer.query for answer in answers] == ["a lake appeared"]


def test_what_cannot_be_asked_is_said_with_an_advice(opened: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(opened.failed) as failed:
        opened.search("")
    assert failed.args[0] == "search"
    assert failed.args[1].advice
    assert not opened.searching


def test_the_threshold_filters_the_map(searched: Workspace) -> None:
    assert searched.hits is not None
    layer = searched.hits_layer
    assert layer is not None
    fifth = searched.hits.hits[4].score
    searched.filter_hits(fifth, None)
    assert layer.featureCount() == 5
    searched.filter_hits(fifth, 3)
    assert layer.featureCount() == 3
    searched.filter_hits(None, None)
    assert layer.featureCount() == 20


def test_captions_of_a_tile(opened: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(opened.captionsFound) as found:
        opened.caption("r003c004", 3)
    assert found.args[0].tile_id == "r003c004"
    assert [caption.rank for caption in found.args[0].captions] == [1, 2, 3]


def test_pictures_of_tiles(opened: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(opened.thumbnailsReady) as found:
        opened.thumbnails(["r003c004", "r000c000"])
    (one, other) = found.args[0].thumbnails
    assert (one.tile_id, other.tile_id) == ("r003c004", "r000c000")
    assert Path(one.before).exists() and Path(one.after).exists()


def test_outlines_of_all_tiles_lie_below_the_hits(searched: Workspace, index: Path, qtbot: Any) -> None:
    project = QgsProject.instance()
    searched.show_outlines(True)
    qtbot.waitUntil(lambda: bool(project.mapLayersByName("Tiles")))
    (layer,) = project.mapLayersByName("Tiles")
    assert layer.featureCount() == 64
    assert (index / "derived" / "tiles.gpkg").exists()
    (group,) = project.layerTreeRoot().findGroups()
    assert [node.name() for node in group.children()][:2] == ["houses were built", "Tiles"]
    node = project.layerTreeRoot().findLayer(layer)
    searched.show_outlines(False)
    assert not node.isVisible()
    searched.show_outlines(True)
    assert node.isVisible()


def test_flickering_hides_and_shows_the_later_date(opened: Workspace) -> None:
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    after = group.children()[0]
    opened.flicker_step()
    assert not after.isVisible()
    opened.flicker_step()
    assert after.isVisible()


def test_without_an_index_nothing_is_asked(workspace: Workspace) -> None:
    workspace.search("houses")
    workspace.similar("r000c000")
    workspace.caption("r000c000")
    workspace.thumbnails(["r000c000"])
    workspace.choose_tile("r000c000")
    workspace.mark("r000c000", "kept")
    workspace.show_outlines(True)
    workspace.flicker_step()
    workspace.filter_hits(0.5, 3)
    assert not workspace.searching
    assert (workspace.hits, workspace.hits_layer, workspace.verdict("r000c000")) == (None, None, "")


def test_ranking_again_does_not_take_the_place_of_another_search(searched: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(searched.hitsFound) as found:
        searched.search("a lake appeared")
        searched.rank_again()
    assert found.args[0].query == "a lake appeared"


def test_progress_of_a_question_is_not_told_once_another_is_shown(searched: Workspace, qtbot: Any) -> None:
    before = searched.question
    told: list[object] = []
    searched.feedbackKnown.connect(told.append)
    with qtbot.waitSignal(searched.hitsFound):
        searched.search("a lake appeared")
    searched.ask_progress(before, 0)
    qtbot.waitUntil(lambda: not searched._asking.is_running("progress"))
    assert told == []
    searched.ask_progress(searched.question, 0)
    qtbot.waitUntil(lambda: len(told) == 1)
