"""The dates alternate by hiding and showing the later one."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsLayerTreeLayer, QgsProject, QgsVectorLayer

from changeseek.plugin.map.flicker import Flicker


@pytest.fixture
def node(qgis_new_project: None) -> QgsLayerTreeLayer:
    added = QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon", "after", "memory"), False)
    return QgsProject.instance().layerTreeRoot().addLayer(added)


def test_each_step_shows_the_other_date(node: Any) -> None:
    flicker = Flicker(lambda: node)
    flicker.step()
    assert not node.isVisible()
    flicker.step()
    assert node.isVisible()


def test_it_alternates_by_itself_and_stops_with_the_later_date_shown(node: Any, qtbot: Any) -> None:
    flicker = Flicker(lambda: node)
    flicker.start(seconds=0.01)
    qtbot.waitUntil(lambda: not node.isVisible())
    qtbot.waitUntil(node.isVisible)
    qtbot.waitUntil(lambda: not node.isVisible())
    flicker.stop()
    assert not flicker.running
    assert node.isVisible()


def test_stopping_what_does_not_alternate_leaves_what_the_user_hid(node: Any) -> None:
    node.setItemVisibilityChecked(False)
    Flicker(lambda: node).stop()
    assert not node.isVisible()


def test_without_the_layer_nothing_happens() -> None:
    flicker = Flicker(lambda: None)
    flicker.step()
    flicker.stop()
