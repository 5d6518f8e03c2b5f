"""The plugin as QGIS loads it, a window for its buttons, the real engine, and a small index to ask."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from qgis.PyQt.QtWidgets import QMenu, QToolBar

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.fixture(scope="session")
def changeseek() -> ModuleType:
    return _CHANGESEEK


@pytest.fixture(scope="session")
def gate(changeseek: ModuleType) -> Iterator[Any]:
    """The gate to a real engine process, started by the first question of the session."""
    from changeseek.plugin.gate.engine import EngineGate
    from changeseek.plugin.gate.finding import find_interpreter

    gate = EngineGate(lambda: find_interpreter(""))
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
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
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
