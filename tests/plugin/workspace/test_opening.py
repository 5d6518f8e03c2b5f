"""An index opens with its two dates on the map, whatever the project shows already."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal  # type: ignore[import-not-found]
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsLayerTreeMapCanvasBridge
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor

from changeseek.plugin.settings import Settings
from changeseek.plugin.workspace import Workspace


def _tree() -> list[str]:
    """Names in the layer tree; those in a group after its name."""
    return [node.name() for node in QgsProject.instance().layerTreeRoot().findLayers()]


def _reopen(workspace: Workspace, index: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(workspace.indexOpened):
        workspace.open_index(index)


def test_both_dates_are_on_the_map_in_the_indexs_group(opened: Workspace) -> None:
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    assert group.name() == "town"
    assert _tree() == ["town-2020-06-01.tif (2020-06-01)", "town-2015-06-01.tif (2015-06-01)"]


def test_what_the_engine_said_of_it_is_known(opened: Workspace, index: Path) -> None:
    assert opened.index is not None
    assert opened.tiles is not None
    assert (opened.index.index, opened.index.state, opened.index.tiles) == (str(index), "complete", 64)
    assert opened.tiles.extent.toString(0) == "500000,5819488 : 500512,5820000"


def test_qgis_draws_and_hears_its_user_between_the_two_dates(
    workspace: Workspace, index: Path, qtbot: Any
) -> None:
    turns, seen = [0], list[int]()

    def turn() -> None:
        turns[0] += 1

    def note(_layers: Any) -> None:
        seen.append(turns[0])

    timer = QTimer()
    timer.timeout.connect(turn)
    timer.start(0)
    QgsProject.instance().layersAdded.connect(note)
    _reopen(workspace, index, qtbot)
    QgsProject.instance().layersAdded.disconnect(note)
    timer.stop()
    first, second = seen
    assert first < second


def test_it_is_not_open_before_both_dates_are_there(workspace: Workspace, index: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(QgsProject.instance().layersAdded):
        workspace.open_index(index)
    assert (workspace.index, len(_tree())) == (None, 1)
    with qtbot.waitSignal(workspace.indexOpened) as opened:
        pass
    assert (workspace.index, len(_tree())) == (opened.args[0], 2)


def test_whose_project_goes_while_its_dates_come_does_not_open(
    workspace: Workspace, index: Path, qtbot: Any
) -> None:
    said: list[object] = []
    workspace.indexOpened.connect(said.append)
    with qtbot.waitSignal(QgsProject.instance().layersAdded):
        workspace.open_index(index)
    QgsProject.instance().clear()
    qtbot.wait(100)
    assert (said, workspace.index, _tree()) == ([], None, [])


def test_an_empty_project_takes_the_crs_of_the_grid(opened: Workspace) -> None:
    assert QgsProject.instance().crs() == QgsCoordinateReferenceSystem("EPSG:32633")


def test_the_map_shows_all_of_it(opened: Workspace, qgis_canvas: Any) -> None:
    assert opened.tiles is not None
    assert qgis_canvas.extent().contains(opened.tiles.extent)
    assert qgis_canvas.extent().height() < 1.2 * opened.tiles.extent.height()


def test_it_does_so_although_qgis_takes_the_crs_of_the_first_layer(
    workspace: Workspace, index: Path, two_dates: Any, tmp_path: Path, qgis_canvas: Any, qtbot: Any
) -> None:
    warped = tmp_path / "warped.tif"
    gdal.UseExceptions()
    gdal.Warp(str(warped), str(two_dates.after), dstSRS="EPSG:3035")
    text = (index / "index.json").read_text()
    (index / "index.json").write_text(text.replace(str(two_dates.after), str(warped)))
    project = QgsProject.instance()
    bridge = QgsLayerTreeMapCanvasBridge(project.layerTreeRoot(), qgis_canvas)
    _reopen(workspace, index, qtbot)
    # QGIS changes CRS and extent a moment later, and we change them back another moment later.
    qtbot.wait(50)
    tiles = workspace.tiles
    assert tiles is not None
    qtbot.waitUntil(lambda: project.crs() == QgsCoordinateReferenceSystem("EPSG:32633"))
    qtbot.waitUntil(lambda: qgis_canvas.extent().height() < 1.2 * tiles.extent.height())
    assert _is_drawn("warped.tif (2020-06-01)", qgis_canvas)
    bridge.deleteLater()


def _is_drawn(name: str, canvas: Any) -> bool:
    """Whether a layer alone paints the middle of the map."""
    (layer,) = QgsProject.instance().mapLayersByName(name)
    settings = QgsMapSettings(canvas.mapSettings())
    settings.setLayers([layer])
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    return bool(picture.pixelColor(picture.rect().center()) != QColor("white"))


def test_a_project_with_layers_keeps_its_crs_and_the_map_still_shows_it(
    workspace: Workspace, index: Path, two_dates: Any, qgis_canvas: Any, qtbot: Any
) -> None:
    project, degrees = QgsProject.instance(), QgsCoordinateReferenceSystem("EPSG:4326")
    project.addMapLayer(QgsRasterLayer(str(two_dates.after), "mine"))
    project.setCrs(degrees)
    qgis_canvas.setDestinationCrs(degrees)
    _reopen(workspace, index, qtbot)
    assert project.crs() == degrees
    assert qgis_canvas.extent().center().x() == pytest.approx(15.003, abs=0.01)


def test_a_raster_that_the_project_shows_already_is_not_added_again(
    workspace: Workspace, index: Path, two_dates: Any, qtbot: Any
) -> None:
    QgsProject.instance().addMapLayer(QgsRasterLayer(str(two_dates.after), "mine"))
    _reopen(workspace, index, qtbot)
    assert sorted(_tree()) == ["mine", "town-2015-06-01.tif (2015-06-01)"]


def test_opening_it_again_adds_nothing(opened: Workspace, index: Path, qtbot: Any) -> None:
    _reopen(opened, index, qtbot)
    assert len(_tree()) == 2


def test_the_dates_have_their_place_in_time(opened: Workspace) -> None:
    after, before = (
        QgsProject.instance().mapLayersByName(f"town-{day}.tif ({day})")[0]
        for day in ("2020-06-01", "2015-06-01")
    )
    assert before.temporalProperties().fixedTemporalRange().end().date().year() == 2020
    assert after.temporalProperties().fixedTemporalRange().begin().date().year() == 2020
    assert QgsProject.instance().timeSettings().temporalRange().begin().date().year() == 2015


def test_a_missing_raster_is_said_and_searching_still_works(
    make_workspace: Callable[..., Workspace], index: Path, two_dates: Any, tmp_path: Path, qtbot: Any
) -> None:
    elsewhere = tmp_path / "elsewhere.tif"
    text = (index / "index.json").read_text()
    (index / "index.json").write_text(text.replace(str(two_dates.before), str(elsewhere)))
    workspace = make_workspace()
    with qtbot.waitSignal(workspace.failed) as failed:
        workspace.open_index(index)
    what, error = failed.args
    assert what == "open"
    assert "elsewhere.tif" in error.message
    assert _tree() == ["town-2020-06-01.tif (2020-06-01)"]
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.search("houses were built")


def test_a_folder_that_is_no_index_is_said(workspace: Workspace, tmp_path: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(workspace.failed) as failed:
        workspace.open_index(tmp_path)
    assert failed.args[0] == "open"
    assert failed.args[1].advice
    assert workspace.index is None


def test_it_is_among_the_recent_indexes(opened: Workspace, index: Path, settings: Settings) -> None:
    assert settings.recent_indexes == [str(index)]


def test_another_index_replaces_it_and_leaves_its_layers(
    searched: Workspace, index: Path, tmp_path: Path, qtbot: Any
) -> None:
    other = Path(shutil.copytree(index, tmp_path / "other.csx"))
    _reopen(searched, other, qtbot)
    assert (searched.hits, searched.hits_layer, searched.tile) == (None, None, "")
    assert "houses were built" in _tree()


def test_closing_it_leaves_its_layers_to_the_user(searched: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(searched.indexClosed):
        searched.close_index()
    assert (searched.index, searched.tiles, searched.hits) == (None, None, None)
    assert len(_tree()) == 3


def test_a_new_project_has_no_index(searched: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(searched.indexClosed):
        QgsProject.instance().clear()
    assert searched.index is None


def test_what_was_being_opened_does_not_appear_in_another_project(
    workspace: Workspace, index: Path, qtbot: Any
) -> None:
    workspace.open_index(index)
    QgsProject.instance().clear()
    # An answer to what is asked later comes later.
    with (
        qtbot.waitSignal(workspace.modelsKnown),
        qtbot.assertNotEmitted(workspace.indexOpened, wait=500),
    ):
        workspace.ask_models()
    assert workspace.index is None
    assert _tree() == []
