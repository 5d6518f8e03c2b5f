"""The hits on the map: their values, and where they are on the screen."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsFeature, QgsFeatureRequest, QgsProject, QgsVectorLayer

from .map_facts import map_place
from .places import Place

TILE = "tile_id"


def hits(layer: str) -> list[dict[str, Any]]:
    """Values that a layer shows, by rank; the layer is the first whose name holds the text."""
    found = [one for one in _hit_layers() if layer in one.name()]
    if not found:
        raise LookupError(f"there is no layer of hits {layer}")
    request = QgsFeatureRequest().addOrderBy('"rank"')
    return [_values(feature) for feature in found[0].getFeatures(request)]


def _values(feature: QgsFeature) -> dict[str, Any]:
    """Values by name; what is not set is None, which QGIS has a type of its own for."""
    values = feature.attributeMap()
    return {name: value if isinstance(value, (int, float, str)) else None for name, value in values.items()}


def tile_place(tile_id: str) -> Place:
    """Where the middle of a hit's tile is on the screen."""
    for layer in _hit_layers():
        for feature in layer.getFeatures(
            QgsFeatureRequest().setFilterExpression(f"\"{TILE}\" = '{tile_id}'")
        ):
            middle = feature.geometry().boundingBox().center()
            return map_place(middle.x(), middle.y(), layer.crs().toWkt())
    raise LookupError(f"no layer holds {tile_id}")


def _hit_layers() -> list[QgsVectorLayer]:
    """Layers with a tile id, from top to bottom."""
    layers = (node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers())
    return [one for one in layers if isinstance(one, QgsVectorLayer) and one.fields().indexOf(TILE) >= 0]
