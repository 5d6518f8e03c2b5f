"""The plugin as QGIS loads it, from a checkout of any name, and a window where its buttons can be seen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QMenu, QToolBar

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.fixture(scope="session")
def changeseek() -> ModuleType:
    return _load_from(ROOT)


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
    qgis_iface.messageBar().clear_messages()
    yield Window(qgis_iface, toolbar, menu)
    toolbar.deleteLater()
    menu.deleteLater()
