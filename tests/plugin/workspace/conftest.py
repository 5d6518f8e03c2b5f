"""A workspace over the real engine, in an empty project, on a copy of the small index."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtCore import QSettings

from changeseek.plugin.settings import Settings
from changeseek.plugin.workspace import Workspace


@pytest.fixture(autouse=True)
def _no_layer_outlives_its_test(qgis_app: Any) -> Iterator[None]:
    """A raster layer that a caught error's frames still hold when QGIS ends makes Python crash."""
    yield
    QgsProject.instance().clear()
    gc.collect()


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    # As the engine made it, without what other tests have asked of it.
    beside = shutil.ignore_patterns("hits", "derived")
    return Path(shutil.copytree(small_index, tmp_path / "town.csx", ignore=beside))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = str(tmp_path / "settings.ini")
    return Settings(lambda: QSettings(path, QSettings.Format.IniFormat))


@pytest.fixture
def make_workspace(
    qgis_iface: Any, qgis_canvas: Any, qgis_new_project: None, gate: Any, settings: Settings
) -> Iterator[Callable[..., Workspace]]:
    """Makes a workspace over the session's engine or over another gate; torn down after the test."""
    made = []
    qgis_canvas.resize(512, 512)
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))

    def make(other_gate: Any = None) -> Workspace:
        made.append(Workspace(qgis_iface, other_gate or gate, settings))
        return made[-1]

    yield make
    for workspace in made:
        workspace.teardown()


@pytest.fixture
def workspace(make_workspace: Callable[..., Workspace]) -> Workspace:
    return make_workspace()


@pytest.fixture
def opened(workspace: Workspace, index: Path, qtbot: Any) -> Workspace:
    with qtbot.waitSignal(workspace.indexOpened):
        workspace.open_index(index)
    return workspace


@pytest.fixture
def searched(opened: Workspace, qtbot: Any) -> Workspace:
    """With the hits of a first search on the map."""
    with qtbot.waitSignal(opened.hitsFound):
        opened.search("houses were built", k=20)
    return opened
