"""The plugin inside QGIS: what it adds to the window, and that it takes all of it away."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, QSize


@pytest.fixture
def plugin(changeseek: ModuleType, window: Any) -> Iterator[Any]:
    plugin = changeseek.classFactory(window.iface)
    plugin.initGui()
    yield plugin
    plugin.unload()


def children_of(window: Any) -> set[QObject]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return set(window.iface.mainWindow().findChildren(QObject))


def test_adds_one_button_and_one_raster_menu_entry(plugin: Any, window: Any) -> None:
    (button,) = window.toolbar.actions()
    assert window.raster_menu.actions() == [button]
    assert button.toolTip()


def test_the_button_has_a_picture_at_toolbar_size(plugin: Any, window: Any) -> None:
    (button,) = window.toolbar.actions()
    picture = button.icon().pixmap(QSize(24, 24)).toImage()
    colours = {picture.pixelColor(x, y).rgba() for x in range(24) for y in range(24)}
    assert len(colours) > 3


def test_a_click_says_what_works(plugin: Any, window: Any) -> None:
    window.toolbar.actions()[0].trigger()
    (message,) = window.iface.messageBar().get_messages(Qgis.MessageLevel.Info)
    assert "changeseek index" in message
    assert "changeseek search" in message


def test_unload_leaves_nothing_behind(changeseek: ModuleType, window: Any) -> None:
    before = children_of(window)
    plugin = changeseek.classFactory(window.iface)
    plugin.initGui()
    assert children_of(window) != before
    plugin.unload()
    assert window.toolbar.actions() == window.raster_menu.actions() == []
    assert children_of(window) == before


def test_unload_without_a_gui_does_no_harm(changeseek: ModuleType, window: Any) -> None:
    changeseek.classFactory(window.iface).unload()


def test_can_be_switched_off_and_on_again(plugin: Any, window: Any) -> None:
    plugin.unload()
    plugin.initGui()
    assert len(window.toolbar.actions()) == 1
