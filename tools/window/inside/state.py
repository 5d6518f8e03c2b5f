"""Facts that a person would read off the window: layers, the project's name, messages."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QLabel, QTextBrowser
from qgis.utils import iface

from .places import text_of


def state() -> dict[str, Any]:
    """Layers in the order of the layer tree, the project, the message bar."""
    project = QgsProject.instance()
    tree = project.layerTreeRoot().findLayers()
    return {
        "title": iface.mainWindow().windowTitle(),
        "project": project.fileName(),
        "layers": [
            {**_layer(node.layer()), "checked": node.isVisible()} for node in tree if node.layer() is not None
        ],
        "messages": _messages(),
    }


def _layer(layer: QgsMapLayer) -> dict[str, Any]:
    return {
        "name": layer.name(),
        "valid": layer.isValid(),
        "source": layer.source(),
        "crs": layer.crs().authid(),
        "features": layer.featureCount() if isinstance(layer, QgsVectorLayer) else None,
        "dated": layer.temporalProperties() is not None and layer.temporalProperties().isActive(),
    }


def _messages() -> list[str]:
    """What the message bar says just now."""
    bar = iface.messageBar()
    inside = [*bar.findChildren(QLabel), *bar.findChildren(QTextBrowser)]
    return [text_of(one) for one in inside if one.isVisible() and text_of(one)]
