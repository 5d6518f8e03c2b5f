"""The layers of one index, together in the layer tree and found again after the project was reopened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from qgis.core import QgsLayerTree, QgsLayerTreeGroup, QgsLayerTreeLayer, QgsMapLayer, QgsProject

from ...core.engine.messages import InfoAnswer

HITS, OUTLINES, AFTER, BEFORE = "hits", "outlines", "after", "before"
# From the top of the group downwards.
ROLES = (HITS, OUTLINES, AFTER, BEFORE)

_ROLE = "changeseek/role"
_INDEX = "changeseek/index"
# A copy that the user makes of a layer has all its properties, and is no layer of ours.
_ITSELF = "changeseek/layer"


def index_key(info: InfoAnswer) -> str:
    """Names an index by what it is, not by where it lies, so that a moved folder keeps its layers."""
    folder = Path(info.index).name
    what = (folder, info.crs, info.transform, info.width, info.height, info.tile, info.stride, info.model)
    files = tuple(Path(source.path).name for source in (info.before, info.after))
    return hashlib.sha256(repr((what, files)).encode()).hexdigest()[:12]


class IndexGroup:
    """The group of an index in a project's layer tree; on the main thread only.

    Args:
        project: Whose tree it is.
        info: The index.
    """

    def __init__(self, project: QgsProject, info: InfoAnswer) -> None:
        self._project = project
        self._key = index_key(info)
        self._title = Path(info.index).stem

    def layer(self, role: str) -> QgsMapLayer | None:
        """The valid layer of a role, wherever in the tree the user has put it."""
        return next((layer for layer in self._layers(role) if layer.isValid()), None)

    def broken(self, role: str) -> QgsMapLayer | None:
        """A layer of a role whose file has gone or moved."""
        return next((layer for layer in self._layers(role) if not layer.isValid()), None)

    def node(self, role: str) -> QgsLayerTreeLayer | None:
        """The entry of a role's layer in the tree."""
        layer = self.layer(role)
        return None if layer is None else self._project.layerTreeRoot().findLayer(layer.id())

    def upper(self, *roles: str) -> QgsLayerTreeLayer | None:
        """The entry of whichever of these layers is drawn over the others."""
        layers = [layer for layer in map(self.layer, roles) if layer is not None]
        order = self._project.layerTreeRoot().layerOrder()
        top = next((layer for layer in order if layer in layers), None)
        return None if top is None else self._project.layerTreeRoot().findLayer(top.id())

    def add(self, layer: QgsMapLayer, role: str) -> None:
        """Add a new layer to the project, at the place of its role in the group; the project owns it then."""
        self.adopt(layer, role)
        self._project.addMapLayer(layer, False)
        group = self._group()
        group.insertLayer(self._place(group, role), layer)

    def adopt(self, layer: QgsMapLayer, role: str) -> None:
        """Give a role to a layer that the user has in the project already; it stays where it is."""
        layer.setCustomProperty(_INDEX, self._key)
        layer.setCustomProperty(_ROLE, role)
        layer.setCustomProperty(_ITSELF, layer.id())

    def release(self, role: str) -> None:
        """Leave the layer of a role to the user."""
        layer = self.layer(role)
        if layer is not None:
            for name in (_INDEX, _ROLE, _ITSELF):
                layer.removeCustomProperty(name)

    def remove(self, role: str) -> None:
        """Take the layer of a role out of the project."""
        layer = self.layer(role)
        if layer is not None:
            self._project.removeMapLayer(layer.id())

    def _layers(self, role: str) -> Iterator[QgsMapLayer]:
        for layer in self._project.mapLayers().values():
            marks = tuple(layer.customProperty(name) for name in (_INDEX, _ROLE, _ITSELF))
            if marks == (self._key, role, layer.id()):
                yield layer

    def _group(self) -> QgsLayerTreeGroup:
        root = self._project.layerTreeRoot()
        for group in root.findGroups(True):
            if group.customProperty(_INDEX) == self._key:
                return group
        group = root.insertGroup(0, self._title)
        group.setCustomProperty(_INDEX, self._key)
        return group

    def _place(self, group: QgsLayerTreeGroup, role: str) -> int:
        """Below what belongs above; what the user has added stays where it is."""
        place = 0
        for number, node in enumerate(group.children()):
            if QgsLayerTree.isLayer(node) and self._role_of(node) in ROLES[: ROLES.index(role)]:
                place = number + 1
        return place

    def _role_of(self, node: QgsLayerTreeLayer) -> str:
        layer = node.layer()
        return "" if layer is None else str(layer.customProperty(_ROLE) or "")
