"""From two rasters to the captions of a tile, by the panel's own buttons, with the real engine."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QSpinBox, QWidget

from changeseek.core.engine.messages import BuildIndex, Info, Progress
from changeseek.plugin.errors import JobCancelledError
from changeseek.plugin.panel.dock import Panel
from changeseek.plugin.workspace import Workspace
from changeseek.tests.plugin.quickness import Ticker, assert_quick

# Tiles; what is not in a whole part when a build stops is lost.
A_PART = 4 * 63


@pytest.fixture
def rasters(two_dates: Any, tmp_path: Path) -> tuple[Path, Path]:
    """A copy in a folder of its own, so that suggested indexes lie beside it."""
    return tuple(Path(shutil.copy(path, tmp_path)) for path in two_dates)  # type: ignore[return-value]


@pytest.fixture
def real(
    qgis_iface: Any, qgis_canvas: Any, qgis_new_project: Any, gate: Any, settings: Any
) -> Iterator[Workspace]:
    qgis_canvas.resize(512, 512)
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    workspace = Workspace(qgis_iface, gate, settings)
    yield workspace
    workspace.teardown()
    QgsProject.instance().clear()
    gc.collect()


@pytest.fixture
def panel(shown: Any, qgis_iface: Any, real: Workspace, settings: Any) -> Iterator[Any]:
    panel = Panel(qgis_iface, real, settings)
    panel.setFloating(True)
    yield shown(panel)
    panel.teardown()


def button(panel: Panel, name: str = "changeseek_build") -> QPushButton:
    return panel.findChild(QPushButton, name)


def choose(panel: Panel, rasters: tuple[Path, Path], qtbot: Any, tile: int = 64) -> None:
    """A layer of the project before, a file after; waits for the plan."""
    layer = QgsRasterLayer(str(rasters[0]), "town 2015")
    QgsProject.instance().addMapLayer(layer)
    panel.findChild(QSpinBox, "changeseek_tile").setValue(tile)
    panel.findChild(QgsMapLayerComboBox, "changeseek_before").setLayer(layer)
    panel.images.choose_rasters("", str(rasters[1]))
    qtbot.waitUntil(lambda: button(panel).isEnabled())


def text(panel: Panel, name: str) -> str:
    return str(panel.findChild(QLabel, f"changeseek_{name}").text())


def test_plan_build_open(panel: Any, real: Workspace, rasters: Any, qtbot: Any) -> None:
    assert text(panel, "status") == "The engine starts at first use."
    choose(panel, rasters, qtbot)
    assert text(panel, "plan_tiles") == "64 (8 rows of 8)"
    assert text(panel, "ground") == "64 px = 64 m on the ground, step 64 m"
    assert panel.images.findChild(QWidget, "changeseek_before_date").text() == "2015-06-01"
    qtbot.waitUntil(lambda: text(panel, "status").startswith("Runs on "))

    seen: list[Progress] = []
    real.buildProgressed.connect(seen.append)
    with qtbot.waitSignal(real.indexOpened):
        button(panel).click()
    assert seen[-1].done == seen[-1].total == 64
    assert panel.tabs.currentWidget() is panel.search
    assert (rasters[1].with_suffix(".csx") / "index.json").is_file()
    assert text(panel, "current") == rasters[1].with_suffix(".csx").name
    qtbot.waitUntil(lambda: button(panel).text() == "Open")


def build_until_a_part_is_there(panel: Panel, real: Workspace, qtbot: Any) -> Progress:
    """Click on the button, and on Cancel once a part is written; gives the first report.

    Of so many tiles that the engine has not made the last of them before it hears of the click.
    """
    seen: list[Progress] = []
    cancel = button(panel, "changeseek_cancel")

    def note(progress: Progress) -> None:
        seen.append(progress)
        if progress.done > max(A_PART, seen[0].done):
            cancel.click()

    real.buildProgressed.connect(note)
    with qtbot.waitSignal(real.buildEnded) as ended:
        button(panel).click()
    real.buildProgressed.disconnect(note)
    assert ended.args == [None]
    qtbot.waitUntil(lambda: button(panel).isEnabled())
    assert button(panel).text() == "Resume"
    return seen[0]


def test_a_cancelled_build_goes_on_where_it_stopped(
    panel: Any, real: Workspace, rasters: Any, qtbot: Any
) -> None:
    panel.findChild(QSpinBox, "changeseek_overlap").setValue(50)
    choose(panel, rasters, qtbot, tile=16)
    assert build_until_a_part_is_there(panel, real, qtbot).total == 63 * 63
    assert build_until_a_part_is_there(panel, real, qtbot).done >= A_PART


def test_an_index_that_was_begun_elsewhere_with_an_area_and_pixels_of_its_own_goes_on(
    panel: Any, real: Workspace, rasters: Any, gate: Any, tmp_path: Path, qtbot: Any
) -> None:
    folder, area = tmp_path / "quarter.csx", (500_010.0, 5_819_500.0, 500_500.0, 5_819_990.0)
    before, after = map(str, rasters)
    begun = BuildIndex(before, after, str(folder), 16, 8, gsd=0.97, extent=area, extent_crs="EPSG:32633")
    seen: list[Progress] = []
    with pytest.raises(JobCancelledError):
        gate.call(begun, progress=seen.append, cancelled=lambda: bool(seen) and seen[-1].done > A_PART)
    panel.images.open(str(folder))
    qtbot.waitUntil(lambda: button(panel).text() == "Resume" and button(panel).isEnabled())
    first = build_until_a_part_is_there(panel, real, qtbot)
    assert first.done >= A_PART
    assert first.total == seen[0].total
    assert gate.call(Info(str(folder))).gsd == 0.97


def test_the_same_raster_twice_is_refused_at_the_place(
    panel: Any, rasters: Any, qtbot: Any, real: Workspace
) -> None:
    panel.images.choose_rasters(str(rasters[0]), str(rasters[0]))
    error = panel.findChild(QWidget, "changeseek_build_error")
    qtbot.waitUntil(lambda: bool(error.text))
    assert not button(panel).isEnabled()


def test_a_folder_that_holds_something_else_is_refused_at_the_place(
    panel: Any, rasters: Any, qtbot: Any, real: Workspace
) -> None:
    taken = rasters[1].with_suffix(".csx")
    taken.mkdir()
    (taken / "letter.txt").write_text("mine", encoding="utf-8")
    panel.images.choose_rasters(*map(str, rasters))
    error = panel.findChild(QWidget, "changeseek_build_error")
    qtbot.waitUntil(lambda: bool(error.text))
    button(panel, "changeseek_another_name").click()
    qtbot.waitUntil(lambda: button(panel).isEnabled())


def test_a_folder_that_is_no_index_is_told_on_top(panel: Any, qtbot: Any, tmp_path: Path) -> None:
    panel.images.open(str(tmp_path))
    strip = panel.findChild(QWidget, "changeseek_message")
    qtbot.waitUntil(lambda: bool(strip.text))


def test_captions_of_a_tile_that_is_clicked_on_the_map(
    panel: Any, real: Workspace, small_index: Path, qgis_canvas: Any, qtbot: Any
) -> None:
    with qtbot.waitSignal(real.indexOpened):
        panel.images.open(str(small_index))
    panel.tabs.setCurrentWidget(panel.caption)
    button(panel, "changeseek_pick").click()
    with qtbot.waitSignals([real.captionsFound, real.thumbnailsReady]):
        _click_on(qgis_canvas, real)
    first = panel.caption.findChild(QWidget, "changeseek_caption_1")
    qtbot.waitUntil(first.isVisible)
    assert text(panel, "tile_id") == f"Tile {real.tile}"

    use = panel.caption.findChild(QWidget, "changeseek_use_1")
    with qtbot.waitSignal(real.hitsFound):
        use.click()
    assert panel.tabs.currentWidget() is panel.search


def test_the_window_never_waits_while_it_plans_builds_and_opens(
    panel: Any, real: Workspace, rasters: Any, qtbot: Any
) -> None:
    ticker = Ticker()

    def seconds_of_the_longest_call() -> float:
        real.close_index()
        QgsProject.instance().clear()
        shutil.rmtree(rasters[1].with_suffix(".csx"), ignore_errors=True)
        ticker.start()
        choose(panel, rasters, qtbot)
        with qtbot.waitSignal(real.indexOpened):
            button(panel).click()
        return ticker.stop()

    assert_quick(seconds_of_the_longest_call, 0.05)


def _click_on(canvas: Any, workspace: Workspace) -> None:
    assert workspace.tiles is not None
    bounds = workspace.tiles.bounds("r003c004")
    canvas.setExtent(workspace.tiles.extent)
    place = canvas.getCoordinateTransform().transform(QgsPointXY(bounds.center()))
    point = QPoint(round(place.x()), round(place.y()))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind, point, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        (canvas.mousePressEvent if kind == QEvent.Type.MouseButtonPress else canvas.mouseReleaseEvent)(event)
