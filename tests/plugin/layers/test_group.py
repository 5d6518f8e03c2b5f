"""An index has a group in the layer tree, and its layers are found wherever the user has put them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsRasterLayer, QgsVectorLayer

from changeseek.core.engine.messages import InfoAnswer
from changeseek.plugin.layers.group import IndexGroup, index_key


def _areas(name: str) -> QgsVectorLayer:
    return QgsVectorLayer("Polygon?crs=EPSG:32633", name, "memory")


def _names(group: QgsLayerTreeGroup) -> list[str]:
    return [node.name() for node in group.children()]


def test_hits_are_on_top_then_outlines_then_after_then_before(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    project.addMapLayer(_areas("the user's"))
    group = IndexGroup(project, info)
    for role in ("before", "hits", "after", "outlines"):
        group.add(_areas(role), role)
    root = project.layerTreeRoot()
    assert _names(root) == ["town", "the user's"]
    assert _names(root.children()[0]) == ["hits", "outlines", "after", "before"]


def test_a_layer_is_found_by_its_role_after_the_user_moved_and_renamed_it(
    qgis_app: Any, info: InfoAnswer
) -> None:
    project = QgsProject()
    group = IndexGroup(project, info)
    layer = _areas("hits")
    group.add(layer, "hits")
    layer.setName("mine")
    root = project.layerTreeRoot()
    root.addLayer(layer)
    root.children()[0].removeAllChildren()
    assert group.layer("hits") == layer
    assert group.layer("outlines") is None


def test_two_indexes_do_not_mix(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    other = replace(info, tile=128, stride=128, rows=4, cols=4)
    IndexGroup(project, info).add(_areas("hits"), "hits")
    assert IndexGroup(project, other).layer("hits") is None
    IndexGroup(project, other).add(_areas("hits"), "hits")
    assert _names(project.layerTreeRoot()) == ["town", "town"]


def test_an_index_is_the_same_where_its_folder_and_rasters_were_moved(info: InfoAnswer) -> None:
    before = replace(info.before, path=f"/elsewhere/{Path(info.before.path).name}")
    moved = replace(info, index="/elsewhere/town.csx", before=before)
    assert index_key(moved) == index_key(info)
    assert index_key(replace(info, index="/elsewhere/other.csx")) != index_key(info)


def test_group_and_layers_are_found_in_the_saved_project(
    qgis_app: Any, info: InfoAnswer, two_dates: Any, tmp_path: Path
) -> None:
    project = QgsProject()
    IndexGroup(project, info).add(QgsRasterLayer(str(two_dates.after), "after"), "after")
    assert project.write(str(tmp_path / "town.qgz"))
    again = QgsProject()
    assert again.read(str(tmp_path / "town.qgz"))
    group = IndexGroup(again, info)
    layer = group.layer("after")
    assert layer is not None
    assert layer.source() == str(two_dates.after)
    group.add(QgsRasterLayer(str(two_dates.before), "before"), "before")
    assert _names(again.layerTreeRoot()) == ["town"]
    assert _names(again.layerTreeRoot().children()[0]) == ["after", "before"]


def test_a_layer_that_the_user_has_already_stays_where_it_is(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    layer = _areas("the user's")
    project.addMapLayer(layer)
    group = IndexGroup(project, info)
    group.adopt(layer, "after")
    assert group.layer("after") == layer
    assert _names(project.layerTreeRoot()) == ["the user's"]
    group.release("after")
    assert group.layer("after") is None


def test_a_group_that_the_user_collapsed_stays_so(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    mine = project.layerTreeRoot().addGroup("mine")
    mine.setExpanded(False)
    IndexGroup(project, info).add(_areas("hits"), "hits")
    assert not mine.isExpanded()


def test_a_copy_that_the_user_made_of_a_layer_is_not_taken_for_it(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    group = IndexGroup(project, info)
    layer = _areas("hits")
    group.add(layer, "hits")
    # Layers are found in the order of their ids, which are made of their names and of chance.
    copies = [layer.clone() for _ in range(5)]
    project.addMapLayers(copies)
    assert group.layer("hits") == layer
    project.removeMapLayer(layer.id())
    assert group.layer("hits") is None


def test_a_broken_layer_does_not_hide_the_one_that_took_its_place(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    group = IndexGroup(project, info)
    broken = QgsVectorLayer("/gone.gpkg", "a", "ogr")
    group.add(broken, "hits")
    assert group.layer("hits") is None
    assert group.broken("hits") == broken
    whole = _areas("z")
    group.add(whole, "hits")
    assert group.layer("hits") == whole


def test_the_upper_of_two_dates_is_the_one_that_is_drawn_last(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    group = IndexGroup(project, info)
    after, before = _areas("after"), _areas("before")
    for layer, role in ((after, "after"), (before, "before")):
        project.addMapLayer(layer)
        group.adopt(layer, role)
    assert _names(project.layerTreeRoot()) == ["before", "after"]
    upper = group.upper("after", "before")
    assert upper is not None
    assert upper.name() == "before"
    upper.setItemVisibilityChecked(False)
    assert group.upper("after", "before") == upper
    assert group.upper("hits") is None
