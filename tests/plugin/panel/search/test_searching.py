"""The search tab with the real workspace, map and engine: from a typed query to a reviewed, exported list."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QMenu, QWidget

from changeseek.plugin.panel.search.hit_list import HitList
from changeseek.plugin.panel.search_tab import SearchTab
from changeseek.plugin.panel.states import MessageStrip
from changeseek.plugin.settings import Settings
from changeseek.plugin.workspace import Workspace

TILES = 64
QUERY = "houses were built"


@pytest.fixture
def desk(
    qgis_iface: Any,
    qgis_new_project: Any,
    gate: Any,
    settings: Settings,
    small_index: Path,
    tmp_path: Path,
    qtbot: Any,
) -> Iterator[Workspace]:
    """A workspace in which a copy of the small index is open."""
    folder = tmp_path / "town.csx"
    shutil.copytree(small_index, folder)
    desk = Workspace(qgis_iface, gate, settings)
    desk.open_index(folder)
    qtbot.waitUntil(lambda: desk.index is not None)
    yield desk
    desk.teardown()


@pytest.fixture
def tab(desk: Workspace, settings: Settings, qtbot: Any) -> Iterator[SearchTab]:
    tab = SearchTab(desk, settings)
    qtbot.addWidget(tab)
    tab.resize(400, 800)
    with qtbot.waitExposed(tab):
        tab.show()
    yield tab
    tab.stop()


@pytest.fixture
def hits(tab: SearchTab, qtbot: Any) -> HitList:
    """The list after a question was typed."""
    QTest.keyClicks(tab.form.line, QUERY)
    QTest.keyClick(tab.form.line, Qt.Key.Key_Escape)
    QTest.keyClick(tab.form.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.results.model.rowCount() > 0)
    return tab.results.list


def _layer(desk: Workspace) -> QgsVectorLayer:
    layer = desk.hits_layer
    assert layer is not None
    return layer


def _review(desk: Workspace) -> dict[str, str]:
    return {
        feature["tile_id"]: feature["review"]
        for feature in _layer(desk).getFeatures()
        if isinstance(feature["review"], str) and feature["review"]
    }


def test_a_typed_query_lists_hits_and_lights_them_on_the_map(
    hits: HitList, tab: SearchTab, desk: Workspace
) -> None:
    assert tab.results.model.rowCount() == _layer(desk).featureCount() == TILES
    assert (
        tab.findChild(QLabel, "changeseek_results_counts")
        .text()
        .startswith(f"{TILES} hits of {TILES} tiles · ")
    )


def test_both_dates_of_the_rows_in_view_are_drawn(hits: HitList, tab: SearchTab, qtbot: Any) -> None:
    first = tab.results.model.hit(0)
    assert first is not None
    qtbot.waitUntil(lambda: tab.results.pictures.get(first.tile_id) is not None)
    row = hits.visualRect(tab.results.model.index(0, 0))
    image = hits.viewport().grab(row).toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert len(colours) > 100


def test_words_for_completion_arrive_once_the_engine_runs(hits: HitList, tab: SearchTab, qtbot: Any) -> None:
    model = tab.form.line.completer().model
    qtbot.waitUntil(lambda: model().rowCount() > 10)


def test_a_click_in_the_list_selects_the_tile_on_the_map(hits: HitList, desk: Workspace) -> None:
    QTest.mouseClick(
        hits.viewport(), Qt.MouseButton.LeftButton, pos=hits.visualRect(hits.model().index(1, 0)).center()
    )
    assert desk.tile == hits.tile_id
    assert [feature["rank"] for feature in _layer(desk).selectedFeatures()] == [2]


def test_a_feature_selected_on_the_map_is_followed_by_the_list(hits: HitList, desk: Workspace) -> None:
    layer = _layer(desk)
    tenth = next(feature for feature in layer.getFeatures() if feature["rank"] == 10)
    layer.selectByIds([tenth.id()])
    assert hits.tile_id == tenth["tile_id"]
    assert hits.currentIndex().row() == 9


def test_the_threshold_filters_list_and_map(
    hits: HitList, tab: SearchTab, desk: Workspace, qtbot: Any
) -> None:
    slider = tab.findChild(QWidget, "changeseek_threshold")
    for _ in range(6):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    listed = tab.results.model.rowCount()
    assert 0 < listed < TILES
    qtbot.waitUntil(lambda: _layer(desk).featureCount() == listed)


def test_marks_are_written_into_the_hits(hits: HitList, tab: SearchTab, desk: Workspace) -> None:
    first, second = (tab.results.model.hit(row) for row in (0, 1))
    assert first is not None
    assert second is not None
    for key in "jax":
        QTest.keyClick(hits, key)
    assert _review(desk) == {first.tile_id: "kept", second.tile_id: "rejected"}
    QTest.keyClick(hits, "u")
    assert _review(desk) == {first.tile_id: "kept"}
    assert hits.tile_id == second.tile_id


def test_marks_are_there_again_when_the_same_is_asked_again(
    hits: HitList, tab: SearchTab, qtbot: Any
) -> None:
    for key in "ja":
        QTest.keyClick(hits, key)
    for query in ("a road was built", QUERY):
        with qtbot.waitSignal(tab.results.model.modelReset):
            tab.form.ask_for(query)
    assert "1 kept" in tab.findChild(QLabel, "changeseek_results_counts").text()
    assert tab.results.model.index(0, 0).data().endswith("kept")


def test_more_like_a_tile(hits: HitList, tab: SearchTab, qtbot: Any) -> None:
    first = tab.results.model.hit(0)
    assert first is not None
    QTest.keyClick(hits, "j")
    with qtbot.waitSignal(tab.results.model.modelReset):
        QTest.keyClick(hits, "m")
    assert tab.findChild(QLabel, "changeseek_results_title").text() == f"Tiles like {first.tile_id}"
    assert tab.results.model.row_of(first.tile_id) is None


def test_half_a_transition_is_told_with_advice_and_the_hits_stay(
    hits: HitList, tab: SearchTab, qtbot: Any
) -> None:
    tab.form.ask_for("forest ->")
    strip = tab.findChild(MessageStrip, "changeseek_search_message")
    qtbot.waitUntil(lambda: "transition" in strip.text)
    assert tab.results.model.rowCount() == TILES


def test_the_listed_hits_are_exported(hits: HitList, tab: SearchTab, tmp_path: Path, qtbot: Any) -> None:
    file = tmp_path / "mine.csv"
    tab.results.export.choose_file = lambda *_: str(file)
    tab.findChild(QMenu, "changeseek_export_menu").actions()[2].trigger()
    strip = tab.findChild(MessageStrip, "changeseek_search_message")
    qtbot.waitUntil(lambda: str(file) in strip.text)
    assert len(file.read_text("utf-8").splitlines()) == TILES + 1


def test_a_closed_index_leaves_the_way_to_another(
    hits: HitList, tab: SearchTab, desk: Workspace, qtbot: Any
) -> None:
    desk.close_index()
    with qtbot.waitSignal(tab.wantImages):
        QTest.mouseClick(
            tab.findChild(QAbstractButton, "changeseek_state_no_index_button"), Qt.MouseButton.LeftButton
        )
