"""The plugin inside QGIS: what it adds to the window, when, and that it takes all of it away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, QSize
from qgis.PyQt.QtWidgets import QDockWidget

from changeseek.core.engine.messages import Info, Models
from changeseek.plugin.background import run_in_background
from changeseek.plugin.gate.session import close_the_gate, the_gate
from changeseek.plugin.layers.remembered import Memory, Remembered
from changeseek.tests.plugin.quickness import assert_quick, fair_clock

# QGIS's start must not be delayed by more.
MOST_SECONDS_AT_START = 0.05


@pytest.fixture(autouse=True)
def _no_engine_runs_and_no_project_is_open(qgis_new_project: Any) -> Iterator[None]:
    """What QGIS is like when it starts."""
    close_the_gate()
    yield
    close_the_gate()


@pytest.fixture
def plugin(changeseek: ModuleType, window: Any) -> Iterator[Any]:
    plugin = changeseek.classFactory(window.iface)
    plugin.initGui()
    yield plugin
    plugin.unload()


def children_of(window: Any) -> set[QObject]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return set(window.iface.mainWindow().findChildren(QObject))


def panels(window: Any) -> list[QDockWidget]:
    return list(window.iface.mainWindow().findChildren(QDockWidget, "changeseek_panel"))


def click(window: Any) -> None:
    window.toolbar.actions()[0].trigger()


def test_adds_one_button_and_one_raster_menu_entry(plugin: Any, window: Any) -> None:
    (button,) = window.toolbar.actions()
    assert window.raster_menu.actions() == [button]
    assert button.toolTip()


def test_the_button_has_a_picture_at_toolbar_size(plugin: Any, window: Any) -> None:
    (button,) = window.toolbar.actions()
    picture = button.icon().pixmap(QSize(24, 24)).toImage()
    colours = {picture.pixelColor(x, y).rgba() for x in range(24) for y in range(24)}
    assert len(colours) > 3


def test_adds_its_algorithms_to_processing(plugin: Any) -> None:
    names = {algorithm.id() for algorithm in QgsApplication.processingRegistry().algorithms()}
    assert {f"changeseek:{name}" for name in ("index", "search", "caption", "similar", "status")} <= names


def test_makes_no_panel_and_starts_no_engine_before_it_is_asked(plugin: Any, window: Any) -> None:
    assert panels(window) == []
    assert not the_gate().running


def test_a_click_opens_the_panel_and_another_closes_it(plugin: Any, window: Any) -> None:
    window.iface.mainWindow().show()
    click(window)
    (panel,) = panels(window)
    assert panel.isVisible()
    click(window)
    assert not panel.isVisible()
    click(window)
    assert panels(window) == [panel]
    assert panel.isVisible()


def test_the_button_follows_when_the_panel_is_closed_by_its_own_cross(plugin: Any, window: Any) -> None:
    window.iface.mainWindow().show()
    click(window)
    panels(window)[0].close()
    assert not window.toolbar.actions()[0].isChecked()


def test_starting_delays_qgis_by_less_than_fifty_milliseconds(changeseek: ModuleType, window: Any) -> None:
    def seconds_to_start() -> float:
        plugin = changeseek.classFactory(window.iface)
        started = fair_clock()
        plugin.initGui()
        seconds = fair_clock() - started
        plugin.unload()
        return seconds

    assert_quick(seconds_to_start, MOST_SECONDS_AT_START)


def test_unload_leaves_nothing_behind(changeseek: ModuleType, window: Any) -> None:
    before = children_of(window)
    plugin = changeseek.classFactory(window.iface)
    plugin.initGui()
    click(window)
    assert children_of(window) != before
    plugin.unload()
    assert window.toolbar.actions() == window.raster_menu.actions() == []
    assert children_of(window) <= before
    assert QgsApplication.processingRegistry().providerById("changeseek") is None


def test_unload_leaves_nothing_connected_to_project_and_map(changeseek: ModuleType, window: Any) -> None:
    project, canvas = QgsProject.instance(), window.iface.mapCanvas()

    def connected() -> list[int]:
        of_project = (project.readProject, project.writeProject, project.cleared, project.homePathChanged)
        of_canvas = (canvas.extentsChanged, canvas.destinationCrsChanged, canvas.mapToolSet)
        return [*map(project.receivers, of_project), *map(canvas.receivers, of_canvas)]

    before = connected()
    plugin = changeseek.classFactory(window.iface)
    plugin.initGui()
    click(window)
    assert connected() != before
    plugin.unload()
    assert connected() == before


def test_unload_ends_the_engine_and_every_thread(changeseek: ModuleType, window: Any, qtbot: Any) -> None:
    threads = set(threading.enumerate())
    plugin = changeseek.classFactory(window.iface)
    plugin.initGui()
    answers: list[object] = []
    run_in_background("ask", lambda _: the_gate().call(Models()), done=answers.append, failed=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert the_gate().running
    plugin.unload()
    assert not the_gate().running
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= threads)


def test_switched_on_in_an_open_project_its_panel_takes_up_what_the_project_remembers(
    changeseek: ModuleType, window: Any, gate: Any, small_index: Path, qgis_new_project: None
) -> None:
    info = gate.call(Info(str(small_index)))
    Remembered(QgsProject.instance()).write(Memory(info))
    plugin = changeseek.classFactory(window.iface)
    plugin.initGui()
    click(window)
    (panel,) = panels(window)
    assert panel.tabs.currentWidget() is panel.search
    plugin.unload()


def test_unload_without_a_gui_does_no_harm(changeseek: ModuleType, window: Any) -> None:
    changeseek.classFactory(window.iface).unload()


def test_can_be_switched_off_and_on_again(plugin: Any, window: Any) -> None:
    plugin.unload()
    plugin.initGui()
    assert len(window.toolbar.actions()) == 1
    click(window)
    assert len(panels(window)) == 1
