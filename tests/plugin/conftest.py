"""The plugin as QGIS loads it, a window for its buttons, the real engine, and a small index to ask."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from pytestqt.qtbot import QtBot  # type: ignore[import-not-found]
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtWidgets import QMenu, QToolBar, QWidget

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
# The engine's environment, which `make test` has made; the tests' own Python is QGIS's.
ENGINE_FOLDER = ROOT / ".venv" / ("Scripts" if sys.platform == "win32" else "bin")


def _load_from(folder: Path) -> ModuleType:
    """Import the plugin folder as `changeseek`, as QGIS does by the folder's name in its plugin path."""
    spec = spec_from_file_location(
        "changeseek", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["changeseek"] = module
    spec.loader.exec_module(module)
    return module


# At once, so that test files can import `changeseek.plugin…` at their top.
_CHANGESEEK = _load_from(ROOT)

# Waits end with what they wait for; only a fault waits so long.
MILLISECONDS_OF_PATIENCE = 300_000
SECONDS_OF_A_HANG = 1800.0
# Of whoever runs the tests: it would come before what a test sets.
os.environ.pop("CHANGESEEK_PYTHON", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that is slow on a busy machine is no test that hangs."""
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(SECONDS_OF_A_HANG))


class PatientBot(QtBot):
    """Qt's helper, which fails after five seconds where it is not told otherwise."""

    def waitSignal(self, signal: Any, **how: Any) -> Any:  # noqa: N802 - its names, here and below
        return super().waitSignal(signal, **{"timeout": MILLISECONDS_OF_PATIENCE, **how})

    def waitSignals(self, signals: Sequence[Any], **how: Any) -> Any:  # noqa: N802
        return super().waitSignals(signals, **{"timeout": MILLISECONDS_OF_PATIENCE, **how})

    def waitUntil(self, callback: Callable[[], bool | None], **how: Any) -> None:  # noqa: N802
        super().waitUntil(callback, **{"timeout": MILLISECONDS_OF_PATIENCE, **how})

    def waitActive(self, widget: QWidget, **how: Any) -> Any:  # noqa: N802
        return super().waitActive(widget, **{"timeout": MILLISECONDS_OF_PATIENCE, **how})

    def waitExposed(self, widget: QWidget, **how: Any) -> Any:  # noqa: N802
        return super().waitExposed(widget, **{"timeout": MILLISECONDS_OF_PATIENCE, **how})


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Apart from the user's, and one for all engines, which keep there what takes them long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _nothing_is_left_of_the_last_test(qgis_app: Any) -> None:
    """The tests' QGIS keeps its profile in the checkout, from test to test and from run to run."""
    QgsSettings().remove("changeseek")
    project = QgsProject.instance()
    if project.mapLayers() or project.fileName():
        project.clear()


@pytest.fixture(scope="session")
def changeseek() -> ModuleType:
    return _CHANGESEEK


@pytest.fixture(scope="session")
def gate(changeseek: ModuleType) -> Iterator[Any]:
    """The gate to a real engine process, started by the first question of the session."""
    from changeseek.plugin.gate.engine import EngineGate
    from changeseek.plugin.gate.finding import find_interpreter
    from changeseek.plugin.gate.patience import Patience

    # So patient that it takes no engine for dead that is just slow.
    patience = Patience(start=600.0, silence=300.0, cancel=300.0)
    gate = EngineGate(lambda: find_interpreter(""), patience)
    yield gate
    gate.close()


class TwoDates(NamedTuple):
    """Rasters of the same ground, drawn: 512 x 512 pixels of 1 m, RGB, EPSG:32633."""

    before: Path
    after: Path


@pytest.fixture(scope="session")
def two_dates(tmp_path_factory: pytest.TempPathFactory) -> TwoDates:
    folder = tmp_path_factory.mktemp("two dates")
    dates = TwoDates(folder / "town-2015-06-01.tif", folder / "town-2020-06-01.tif")
    in_engine("python", Path(__file__).with_name("draw_two_dates.py"), *dates)
    return dates


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory, two_dates: TwoDates) -> Path:
    """A complete index of 8 x 8 tiles of 64 pixels; tests that write into it take a copy."""
    folder = tmp_path_factory.mktemp("indexes") / "town.csx"
    in_engine("changeseek", "index", *two_dates, "-o", folder, "--tile", 64, "--stride", 64)
    return folder


@pytest.fixture(scope="session")
def large_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """100,000 tiles whose vectors are random, which exact search does not notice."""
    folder = tmp_path_factory.mktemp("large")
    in_engine("python", Path(__file__).with_name("make_large_index.py"), folder, 100_000)
    return folder / "large.csx"


def in_engine(program: str, *arguments: object) -> None:
    """Run a program of the engine's environment to its end."""
    command = [str(ENGINE_FOLDER / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Window:
    """QGIS's window as far as the plugin touches it: the stub of pytest-qgis has no toolbar and no menu."""

    iface: Any
    toolbar: QToolBar
    raster_menu: QMenu


@pytest.fixture
def window(qgis_iface: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    main_window = qgis_iface.mainWindow()
    toolbar, menu = QToolBar(main_window), QMenu(main_window)
    monkeypatch.setattr(qgis_iface, "addToolBarIcon", toolbar.addAction)
    monkeypatch.setattr(qgis_iface, "removeToolBarIcon", toolbar.removeAction)
    monkeypatch.setattr(qgis_iface, "addPluginToRasterMenu", lambda _, action: menu.addAction(action), False)
    monkeypatch.setattr(
        qgis_iface, "removePluginRasterMenu", lambda _, action: menu.removeAction(action), False
    )
    monkeypatch.setattr(qgis_iface, "registerMainWindowAction", lambda action, _: bool(action), False)
    monkeypatch.setattr(qgis_iface, "unregisterMainWindowAction", bool, False)
    monkeypatch.setattr(qgis_iface, "addDockWidget", main_window.addDockWidget, False)
    monkeypatch.setattr(qgis_iface, "removeDockWidget", main_window.removeDockWidget, False)
    qgis_iface.messageBar().clear_messages()
    yield Window(qgis_iface, toolbar, menu)
    toolbar.deleteLater()
    menu.deleteLater()
