"""The panel as a whole, over a workspace that only notes what it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QMimeData, QPoint, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QDropEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget

from changeseek.core.engine.messages import HelloAnswer
from changeseek.plugin.errors import EngineError, EngineMissingError, EngineStoppedError, JobCancelledError
from changeseek.plugin.panel.dock import Panel

HELLO = HelloAnswer(1, "0.1.0", "3.11.2", "2.13.0", 1, "cpu", "no GPU was found")
MISSING = EngineMissingError("there is no Python environment", "Run make setup")


@pytest.fixture
def panel(shown: Any, qgis_iface: Any, workspace: Any, settings: Any, qtbot: Any) -> Iterator[Any]:
    panel = Panel(qgis_iface, workspace, settings)
    panel.setFloating(True)
    yield shown(panel)
    panel.teardown()


def status(panel: Panel) -> str:
    return str(panel.findChild(QLabel, "changeseek_status").text())


def engine_page_shown(panel: Panel) -> bool:
    return bool(panel.findChild(QWidget, "changeseek_engine_page").isVisible())


def test_opening_it_asks_the_engine_nothing(panel: Any, workspace: Any, qtbot: Any) -> None:
    qtbot.wait(600)
    assert workspace.asked == []
    assert status(panel) == "The engine starts at first use."
    assert not engine_page_shown(panel)


def test_has_four_tabs_with_icons(panel: Any) -> None:
    assert panel.objectName() == "changeseek_panel"
    titles = [panel.tabs.tabText(place) for place in range(panel.tabs.count())]
    assert titles == ["Images", "Search", "Caption", "Refine"]
    assert not any(panel.tabs.tabIcon(place).isNull() for place in range(4))


def test_words_of_tabs_are_not_cut_for_their_icons(panel: Any) -> None:
    bar = panel.tabs.tabBar()

    def in_a_dock_of(width: int) -> tuple[bool, list[int], list[int]]:
        panel.resize(width, 800)
        QApplication.processEvents()
        tabs = range(bar.count())
        return (
            bar.iconSize().width() > 0,
            [bar.tabRect(tab).width() for tab in tabs],
            [bar.tabSizeHint(tab).width() for tab in tabs],
        )

    pictured, _, wanted = in_a_dock_of(900)
    assert pictured
    pictured, given, wanted = in_a_dock_of(sum(wanted) - 2 * bar.iconSize().width())
    assert not pictured
    assert all(has >= wants for has, wants in zip(given, wanted, strict=True))
    assert in_a_dock_of(900)[0]


def test_is_no_wider_than_a_narrow_dock(panel: Any, workspace: Any, info: Any) -> None:
    assert panel.minimumSizeHint().width() <= 320
    workspace.open(info)
    assert panel.minimumSizeHint().width() <= 320


def test_no_python_anywhere_shows_the_engines_page_at_once(
    panel: Any, settings: Any, qgis_iface: Any, workspace: Any, shown: Any, qtbot: Any
) -> None:
    settings.python = "/none/of/this"
    other = Panel(qgis_iface, workspace, settings)
    other.setFloating(True)
    shown(other)
    qtbot.waitUntil(lambda: engine_page_shown(other))
    assert status(other) == "No engine yet."
    other.teardown()


def test_an_engine_that_is_missing_when_asked_shows_its_page(panel: Any, workspace: Any) -> None:
    workspace.failed.emit("open", MISSING)
    assert engine_page_shown(panel)
    panel.findChild(QAbstractButton, "changeseek_engine_back").click()
    assert not engine_page_shown(panel)


def test_settings_open_and_close_the_engines_page(panel: Any) -> None:
    panel.findChild(QToolButton, "changeseek_settings").click()
    assert engine_page_shown(panel)
    panel.findChild(QToolButton, "changeseek_settings").click()
    assert not engine_page_shown(panel)


def test_says_where_it_runs_once_the_engine_lives(panel: Any, workspace: Any, plan: Any) -> None:
    workspace.planned.emit(plan)
    workspace.planned.emit(plan)
    assert workspace.names().count("say_hello") == 1
    workspace.helloKnown.emit(HELLO)
    assert status(panel) == "Runs on cpu: no GPU was found"
    workspace.helloKnown.emit(replace(HELLO, device="cuda:0", device_note=""))
    assert status(panel) == "Runs on cuda:0"


def test_errors_without_a_place_of_their_own_stand_on_top(panel: Any, workspace: Any) -> None:
    strip = panel.findChild(QWidget, "changeseek_message")
    workspace.failed.emit("open", EngineError("the folder is no index", "Choose another"))
    assert strip.text == "The folder is no index. Choose another."
    strip.clear()
    workspace.failed.emit("build", EngineError("the disk is full"))
    workspace.failed.emit("open", JobCancelledError("cancelled"))
    assert strip.text == ""


def test_an_opened_index_leads_to_the_search(panel: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    assert panel.tabs.currentWidget() is panel.search


def test_an_index_that_was_open_before_is_searched_at_once(
    qgis_iface: Any, workspace: Any, settings: Any, info: Any, shown: Any
) -> None:
    workspace.index = info
    panel = Panel(qgis_iface, workspace, settings)
    panel.setFloating(True)
    shown(panel)
    assert panel.tabs.currentWidget() is panel.search
    panel.tabs.setCurrentWidget(panel.images)
    assert panel.findChild(QLabel, "changeseek_current").isVisible()
    panel.teardown()


def test_tabs_send_one_another(panel: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    panel.search.wantCaptions.emit("r000c001")
    assert panel.tabs.currentWidget() is panel.caption
    assert "caption" not in workspace.names()
    panel.caption.wantSearch.emit()
    assert panel.tabs.currentWidget() is panel.search
    panel.search.wantImages.emit()
    assert panel.tabs.currentWidget() is panel.images
    panel.refine.wantSearch.emit()
    assert panel.tabs.currentWidget() is panel.search


def test_a_dropped_folder_is_opened(panel: Any, workspace: Any, small_index: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(small_index))])
    panel.dropEvent(
        QDropEvent(
            QPoint(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert workspace.asked[-1] == ("open_index", str(small_index))


def test_help_opens_what_ships(panel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel.findChild(QToolButton, "changeseek_help").click()
    assert Path(opened[0].toLocalFile()).is_file()


def test_everything_that_can_be_clicked_has_a_name_and_a_tip(panel: Any) -> None:
    for button in panel.findChildren(QToolButton):
        if button.objectName().startswith("changeseek"):
            assert button.toolTip(), button.objectName()
            assert button.text() or button.accessibleName(), button.objectName()


def test_an_engine_that_stops_over_what_nobody_asked_for_is_told_in_the_status_alone(
    panel: Any, workspace: Any
) -> None:
    for what in ("hello", "vocabulary", "thumbnails"):
        workspace.failed.emit(what, EngineStoppedError("the engine ended", "Ask again"))
    assert "stopped" in status(panel)
    assert panel.findChild(QWidget, "changeseek_message").text == ""
    workspace.failed.emit("export", EngineStoppedError("the engine ended", "Ask again"))
    assert panel.findChild(QWidget, "changeseek_message").text == "The engine ended. Ask again."
