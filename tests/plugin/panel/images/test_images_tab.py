"""What the Images tab says in each state, over a workspace that only notes what it is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from changeseek.core.engine.messages import IndexAnswer, Model, ModelsAnswer, PlanAnswer, Progress
from changeseek.plugin.errors import BadRequestError
from changeseek.plugin.panel.images_tab import ImagesTab


@pytest.fixture
def tab(shown: Any, workspace: Any, settings: Any, qgis_canvas: QgsMapCanvas) -> Any:
    tab = shown(ImagesTab(workspace, settings, canvas=qgis_canvas))
    yield tab
    tab.stop()


@pytest.fixture
def rasters(tmp_path: Path) -> tuple[str, str]:
    paths = tmp_path / "town-2015.tif", tmp_path / "town-2020.tif"
    for path in paths:
        path.touch()
    return str(paths[0]), str(paths[1])


def button(tab: QWidget, name: str = "changeseek_build") -> QPushButton:
    return tab.findChild(QPushButton, name)


def line(tab: QWidget) -> str:
    label = tab.findChild(QLabel, "changeseek_build_line")
    return "" if label.isHidden() else label.text()


def error(tab: QWidget) -> str:
    return str(tab.findChild(QWidget, "changeseek_build_error").text)


def planned(workspace: Any, qtbot: Any) -> Any:
    qtbot.waitUntil(lambda: "plan" in workspace.names())
    return next(arguments[0] for name, *arguments in reversed(workspace.asked) if name == "plan")


def test_starts_with_the_next_step_and_asks_nothing(tab: Any, workspace: Any, qtbot: Any) -> None:
    assert "Choose a raster of each date" in line(tab)
    assert not button(tab).isEnabled()
    qtbot.wait(500)
    assert workspace.asked == []


def test_fits_a_narrow_dock(tab: Any) -> None:
    assert tab.minimumSizeHint().width() <= 300
    for scroll in tab.findChildren(QWidget, "qt_scrollarea_viewport"):
        if scroll.isVisible() and scroll.parent().parent() is tab:
            assert scroll.parent().widget().width() <= scroll.width()


def test_one_raster_plans_nothing(tab: Any, workspace: Any, qtbot: Any, rasters: Any) -> None:
    tab.choose_rasters(rasters[0], "")
    qtbot.wait(500)
    assert "plan" not in workspace.names()


def test_two_rasters_are_planned_once_after_a_pause(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any
) -> None:
    tab.choose_rasters(*rasters)
    assert "Starting the engine" in line(tab)
    request = planned(workspace, qtbot)
    assert (request.before, request.after) == rasters
    assert request.directory == rasters[1].replace(".tif", ".csx")
    assert (request.tile, request.stride, request.extent, request.model) == (128, 128, None, "")
    assert workspace.names().count("plan") == 1


def test_the_plan_is_told_before_the_start(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any, plan: PlanAnswer
) -> None:
    tab.choose_rasters(*rasters)
    planned(workspace, qtbot)
    workspace.planned.emit(plan)
    assert line(tab).startswith("64 tiles, about 40 s")
    assert (button(tab).text(), button(tab).isEnabled()) == ("Build index", True)
    shown = {
        name: tab.findChild(QLabel, f"changeseek_plan_{name}").text()
        for name in ("tiles", "ground", "time", "disk", "alignment", "advice")
    }
    assert shown["tiles"] == "64 (8 rows of 8)"
    assert shown["ground"] == "64 m a tile, step 64 m"
    assert shown["time"] == "about 40 s on cpu"
    assert "120.0 GB are free" in shown["disk"]
    assert shown["alignment"] == "could not be measured"
    assert shown["advice"] == "• The dates differ in resolution."
    assert tab.findChild(QLabel, "changeseek_ground").text() == "128 px = 128 m on the ground, step 128 m"
    assert "models" in " ".join(workspace.names())


def test_a_shift_between_the_dates_is_shown_and_taken_out_on_demand(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any, plan: PlanAnswer
) -> None:
    tab.choose_rasters(*rasters)
    assert not planned(workspace, qtbot).shift_dates
    shown = tab.findChild(QLabel, "changeseek_plan_alignment")
    workspace.planned.emit(replace(plan, alignment=0.3))
    assert shown.text() == "good: dates shifted by 0.3 px"
    workspace.planned.emit(replace(plan, alignment=3.2, advice=("the later date lies 3.2 px east",)))
    assert shown.text() == "dates shifted by 3.2 px"
    assert "3.2 px east" in tab.findChild(QLabel, "changeseek_plan_advice").text()
    workspace.asked.clear()
    tab.findChild(QCheckBox, "changeseek_shift_dates").setChecked(True)
    assert planned(workspace, qtbot).shift_dates
    workspace.planned.emit(replace(plan, alignment=3.2, shifted=True))
    assert shown.text() == "the shift of 3.2 px will be taken out"


def test_tile_and_overlap_become_tile_and_stride(tab: Any, workspace: Any, qtbot: Any, rasters: Any) -> None:
    tab.findChild(QWidget, "changeseek_tile_64").click()
    tab.findChild(QSpinBox, "changeseek_overlap").setValue(50)
    tab.choose_rasters(*rasters)
    request = planned(workspace, qtbot)
    assert (request.tile, request.stride) == (64, 32)


def test_the_button_of_the_size_that_holds_stands_out(tab: Any) -> None:
    def pressed() -> list[int]:
        sides = (64, 128, 256)
        return [side for side in sides if tab.findChild(QToolButton, f"changeseek_tile_{side}").isChecked()]

    size = tab.findChild(QSpinBox, "changeseek_tile")
    assert pressed() == [size.value()] == [128]
    for _ in range(2):
        tab.findChild(QToolButton, "changeseek_tile_64").click()
        assert (size.value(), pressed()) == (64, [64])
    size.setValue(100)
    assert pressed() == []
    size.setValue(256)
    assert pressed() == [256]


def test_the_current_view_travels_with_its_crs(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any, qgis_canvas: QgsMapCanvas
) -> None:
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    area = tab.findChild(QComboBox, "changeseek_area")
    area.setCurrentIndex(area.findData("view"))
    tab.choose_rasters(*rasters)
    request = planned(workspace, qtbot)
    extent = qgis_canvas.extent()
    assert request.extent == (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    assert request.extent_crs == "EPSG:32633"


def test_a_polygon_layer_stands_for_its_bounding_box(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any
) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "quarter", "memory")
    QgsProject.instance().addMapLayer(layer)
    area = tab.findChild(QComboBox, "changeseek_area")
    area.setCurrentIndex(area.findData("layer"))
    tab.choose_rasters(*rasters)
    assert "is empty" in error(tab)
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500010, 4999600, 500200, 4999900)))
    layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    area.setCurrentIndex(area.findData("overlap"))
    area.setCurrentIndex(area.findData("layer"))
    request = planned(workspace, qtbot)
    assert request.extent == (500010, 4999600, 500200, 4999900)
    assert request.extent_crs == "EPSG:32633"


def test_what_the_engine_refuses_stands_beside_the_button(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any
) -> None:
    tab.choose_rasters(*rasters)
    planned(workspace, qtbot)
    workspace.failed.emit("plan", BadRequestError("the rasters do not overlap", "Choose others"))
    assert error(tab) == "The rasters do not overlap. Choose others."
    assert not button(tab).isEnabled()
    tab.choose_rasters("/another/raster.tif", "")
    assert error(tab) == ""


def test_an_unfinished_index_goes_on(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any, plan: PlanAnswer
) -> None:
    tab.choose_rasters(*rasters)
    planned(workspace, qtbot)
    workspace.planned.emit(replace(plan, state="building", tiles_done=24))
    assert line(tab).startswith("24 of 64 tiles are there")
    assert button(tab).text() == "Resume"


def test_a_complete_index_opens(tab: Any, workspace: Any, qtbot: Any, rasters: Any, plan: PlanAnswer) -> None:
    tab.choose_rasters(*rasters)
    request = planned(workspace, qtbot)
    workspace.planned.emit(replace(plan, state="complete", tiles_done=64))
    assert button(tab).text() == "Open"
    button(tab).click()
    assert ("open_index", request.directory) in workspace.asked


def test_a_folder_that_holds_something_else_offers_another_name(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any, plan: PlanAnswer
) -> None:
    tab.choose_rasters(*rasters)
    first = planned(workspace, qtbot)
    workspace.planned.emit(
        replace(plan, state="other", advice=("the folder is of another pair. Choose one",))
    )
    assert "another pair" in error(tab)
    assert not button(tab).isEnabled()
    workspace.asked.clear()
    button(tab, "changeseek_another_name").click()
    assert planned(workspace, qtbot).directory == first.directory.replace(".csx", "-2.csx")


def test_a_build_shows_how_far_it_is_and_can_be_stopped(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any, plan: PlanAnswer, settings: Any
) -> None:
    tab.findChild(QSpinBox, "changeseek_tile").setValue(64)
    tab.choose_rasters(*rasters)
    request = planned(workspace, qtbot)
    workspace.planned.emit(plan)
    button(tab).click()
    assert workspace.asked[-1][0] == "build"
    assert vars(workspace.asked[-1][1]) == vars(request)
    assert settings.tile == 64
    workspace.building = True
    workspace.buildProgressed.emit(Progress(16, 64, 31.4, 20.0))
    bar = tab.findChild(QWidget, "changeseek_progress")
    assert (bar.value(), bar.text()) == (250, "16 of 64 tiles")
    assert line(tab) == "31 tiles/s, about 20 s left"
    assert not tab.findChild(QWidget, "changeseek_form").isEnabled()
    button(tab, "changeseek_cancel").click()
    assert workspace.asked[-1] == ("cancel_build",)
    workspace.buildProgressed.emit(Progress(24, 64, 31.4, 18.0))
    assert "Stopping" in line(tab)
    workspace.building = False
    workspace.asked.clear()
    workspace.buildEnded.emit(None)
    assert tab.findChild(QWidget, "changeseek_form").isEnabled()
    assert planned(workspace, qtbot) == request


def test_a_finished_build_is_opened(
    tab: Any, workspace: Any, qtbot: Any, rasters: Any, plan: PlanAnswer, info: Any
) -> None:
    tab.choose_rasters(*rasters)
    planned(workspace, qtbot)
    workspace.planned.emit(plan)
    button(tab).click()
    answer = IndexAnswer(info.index, "complete", 64, 0, 64, 64, 1.0, "embedded", "cpu", 3.0)
    workspace.buildEnded.emit(answer)
    assert ("open_index", info.index) in workspace.asked
    with qtbot.waitSignal(tab.ready):
        workspace.open(info)


def test_what_was_built_for_another_project_is_listed_and_not_opened_in_this_one(
    tab: Any, workspace: Any, settings: Any, qtbot: Any, rasters: Any, plan: PlanAnswer, info: Any
) -> None:
    tab.choose_rasters(*rasters)
    planned(workspace, qtbot)
    workspace.planned.emit(plan)
    button(tab).click()
    QgsProject.instance().clear()
    workspace.buildEnded.emit(IndexAnswer(info.index, "complete", 64, 0, 64, 64, 1.0, "embedded", "cpu", 3.0))
    assert "open_index" not in workspace.names()
    assert settings.recent_indexes == [info.index]


def test_the_open_index_says_what_is_no_longer_as_it_was(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(replace(info, after=replace(info.after, now="changed since"), model_here=False))
    assert tab.findChild(QLabel, "changeseek_current").text() == "town.csx"
    note = tab.findChild(QWidget, "changeseek_current_note").text
    assert "b.tif has changed" in note
    assert "model embedded" in note
    button(tab, "changeseek_close_index").click()
    assert workspace.asked[-1] == ("close_index",)


def test_an_unfinished_index_that_is_opened_fills_the_form(
    tab: Any, workspace: Any, qtbot: Any, info: Any
) -> None:
    workspace.open(replace(info, state="building", tiles=None, skipped=None, tiles_done=16))
    request = planned(workspace, qtbot)
    assert (request.before, request.after) == (info.before.path, info.after.path)
    assert (request.directory, request.tile, request.stride) == (info.index, 64, 64)


def test_an_index_that_was_begun_with_other_choices_than_the_usual_goes_on_with_its_own(
    tab: Any, workspace: Any, qtbot: Any, info: Any, plan: PlanAnswer
) -> None:
    begun = replace(
        info,
        state="building",
        transform=(0.2985821, 0.0, 500100.25, 0.0, -0.2985821, 5000000.0),
        gsd=0.2985821,
        before=replace(info.before, bands=(3, 2, 1)),
    )
    workspace.open(begun)
    usual = planned(workspace, qtbot)
    assert (usual.extent, usual.gsd, usual.bands) == (None, None, "")
    workspace.asked.clear()
    workspace.planned.emit(replace(plan, state="other", advice=("another index",)))
    assert error(tab) == ""
    own = planned(workspace, qtbot)
    side = 512 * 0.2985821
    assert own.extent == (500100.25, 5000000.0 - side, 500100.25 + side, 5000000.0)
    assert (own.extent_crs, own.gsd) == ("EPSG:32633", 0.2985821)
    assert (own.bands, own.bands_after, own.dates) == ("3,2,1", "1,2,3", "2015-06-01,2020-06-01")
    workspace.planned.emit(replace(plan, state="building", tiles_done=16))
    assert button(tab).text() == "Resume"
    workspace.asked.clear()
    tab.choose_rasters("/another/place.tif", "/another/later.tif")
    other = planned(workspace, qtbot)
    assert (other.extent, other.gsd, other.bands, other.bands_after, other.dates) == (None, None, "", "", "")


def test_where_its_own_choices_do_not_help_either_it_is_said(
    tab: Any, workspace: Any, qtbot: Any, info: Any, plan: PlanAnswer
) -> None:
    workspace.open(replace(info, state="building"))
    for _ in range(2):
        planned(workspace, qtbot)
        workspace.asked.clear()
        workspace.planned.emit(replace(plan, state="other", advice=("the before raster differs",)))
    assert "before raster differs" in error(tab)


def test_indexes_near_the_rasters_are_offered(
    tab: Any, workspace: Any, qtbot: Any, small_index: Path
) -> None:
    tab.choose_rasters(str(small_index.parent / "town.tif"), "")
    indexes = tab.findChild(QListWidget, "changeseek_indexes")
    qtbot.waitUntil(lambda: indexes.count() == 1)
    assert indexes.item(0).text() == "town\n2015-06-01 – 2020-06-01, 64 tiles"
    button(tab, "changeseek_open_index").click()
    assert ("open_index", str(small_index)) in workspace.asked


def test_the_tabulator_key_goes_through_the_form_from_top_to_bottom(tab: Any) -> None:
    form = tab.findChild(QWidget, "changeseek_form")
    names, widget = [], form.nextInFocusChain()
    while form.isAncestorOf(widget):
        if widget.objectName().startswith("changeseek") and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(widget.objectName())
        widget = widget.nextInFocusChain()
    wanted = ["before", "before_date", "after", "after_date", "swap", "area", "model", "tile", "folder_text"]
    places = [names.index(f"changeseek_{name}") for name in wanted]
    assert places == sorted(places)


def test_an_open_model_card_goes_with_the_page(tab: Any, workspace: Any) -> None:
    model = Model("embedded", "ours", "MIT", (0.3, 2.0), (), (), {})
    workspace.modelsKnown.emit(ModelsAnswer((model,)))
    tab.findChild(QToolButton, "changeseek_model_about").click()
    card = tab.findChild(QDialog, "changeseek_model_card")
    assert card is not None
    assert card.isWindow()
