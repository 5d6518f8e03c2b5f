"""QGIS stays alive: no call holds its thread for long, and hits are on the map at once."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QSettings, QTimer

from changeseek.core.engine.messages import BuildIndex
from changeseek.plugin.panel.dock import Panel
from changeseek.plugin.processing.provider import ChangeSeekProvider
from changeseek.plugin.settings import Settings
from changeseek.plugin.workspace import Workspace
from changeseek.tests.plugin.quickness import Ticker, assert_quick, fair_clock

LONGEST_CALL = 0.050
LONGEST_QUERY = 0.200
QUERIES = ("houses were built", "a lake has dried up", "forest -> houses", "a new road", "trees were planted")


@pytest.fixture(autouse=True)
def _provider(qgis_processing: None) -> Iterator[None]:
    """Without it nothing is written into Processing's history, which takes its time too."""
    provider = ChangeSeekProvider()
    assert QgsApplication.processingRegistry().addProvider(provider)
    yield
    QgsApplication.processingRegistry().removeProvider(provider)


@pytest.fixture
def workspace(
    qgis_iface: Any, qgis_canvas: Any, qgis_new_project: Any, gate: Any, tmp_path: Path
) -> Iterator[Workspace]:
    qgis_canvas.resize(800, 600)
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    settings = Settings(lambda: QgsSettings(str(tmp_path / "profile.ini"), QSettings.Format.IniFormat))
    workspace = Workspace(qgis_iface, gate, settings)
    panel = Panel(qgis_iface, workspace, settings)
    panel.setFloating(True)
    panel.show()
    yield workspace
    panel.teardown()
    panel.close()
    panel.deleteLater()
    workspace.teardown()
    QgsProject.instance().clear()
    gc.collect()


def test_no_call_is_long_while_building(
    workspace: Workspace, two_dates: Any, tmp_path: Path, qtbot: Any
) -> None:
    ticker, numbers = Ticker(), count()

    def seconds_of_the_longest_call() -> float:
        folder = str(tmp_path / f"town-{next(numbers)}.csx")
        ticker.start()
        with qtbot.waitSignal(workspace.indexOpened):
            workspace.buildEnded.connect(lambda built: workspace.open_index(built.index))
            workspace.build(BuildIndex(str(two_dates.before), str(two_dates.after), folder, 64, 32))
        qtbot.wait(200)
        workspace.buildEnded.disconnect()
        return ticker.stop()

    assert_quick(seconds_of_the_longest_call, LONGEST_CALL)


def test_no_call_is_long_while_searching_a_large_index(
    workspace: Workspace, large_index: Path, qtbot: Any
) -> None:
    open_and_ask_once(workspace, large_index, qtbot)
    ticker, others = Ticker(), cycle(QUERIES[1:])

    def seconds_of_the_longest_call() -> float:
        ticker.start()
        ask(workspace, next(others), qtbot)
        qtbot.wait(300)  # the list draws its rows and asks for their pictures
        return ticker.stop()

    assert_quick(seconds_of_the_longest_call, LONGEST_CALL)


def test_hits_are_on_the_map_at_once_however_many_tiles(
    workspace: Workspace, large_index: Path, qtbot: Any
) -> None:
    open_and_ask_once(workspace, large_index, qtbot)
    others = cycle(QUERIES[1:])
    assert_quick(lambda: ask(workspace, next(others), qtbot), LONGEST_QUERY)


def open_and_ask_once(workspace: Workspace, index: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(workspace.indexOpened):
        workspace.open_index(str(index))
    ask(workspace, QUERIES[0], qtbot)


def ask(workspace: Workspace, text: str, qtbot: Any) -> float:
    """Seconds from the question to a map that shows its hits."""
    started = fair_clock()
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.search(text, k=100)
    seconds = fair_clock() - started
    assert workspace.hits_layer is not None
    assert workspace.hits_layer.featureCount() == 100
    assert QgsProject.instance().mapLayer(workspace.hits_layer.id()) is workspace.hits_layer
    return seconds


def test_the_ticker_sees_a_long_call(qgis_app: Any, qtbot: Any) -> None:
    ticker, done = Ticker(), Event()

    def call() -> None:
        time.sleep(1.2 * LONGEST_CALL)
        done.set()

    ticker.start()
    QTimer.singleShot(20, call)
    qtbot.waitUntil(done.is_set)
    assert ticker.stop() > LONGEST_CALL
