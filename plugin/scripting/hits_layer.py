"""Hits as a layer for a script: in memory, or in a file that it names."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis, QgsMemoryProviderUtils, QgsVectorLayer

from ...core.engine.messages import HitsAnswer
from ..layers.hits import hit_features, hit_fields, hits_crs, open_hits, style_hits
from ..translation import tr


def hits_layer(answer: HitsAnswer, output: str) -> QgsVectorLayer:
    """A styled layer of hits, not yet part of a project; main thread.

    Args:
        answer: The hits.
        output: The GeoPackage that holds them already; empty for a layer in memory.
    """
    name = tr("Hits: {}").format(answer.query)
    return open_hits(Path(output), name) if output else _in_memory(answer, name)


def _in_memory(answer: HitsAnswer, name: str) -> QgsVectorLayer:
    fields = hit_fields()
    layer = QgsMemoryProviderUtils.createMemoryLayer(name, fields, Qgis.WkbType.Polygon, hits_crs(answer))
    layer.dataProvider().addFeatures(list(hit_features(answer, fields)))
    layer.updateExtents()
    style_hits(layer)
    return layer
