"""The outlines of all tiles of an index as a layer."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsVectorLayer

from ..errors import LayerError
from ..translation import tr
from .hits_style import STYLES

FILE = "tiles.gpkg"
FOLDER = "derived"


def open_outlines(path: Path) -> QgsVectorLayer:
    """The layer of a file that the engine wrote, not yet part of a project.

    Raises:
        LayerError: There is no such layer.
    """
    layer = QgsVectorLayer(str(path), tr("Tiles"), "ogr")
    if not layer.isValid():
        raise LayerError(tr("the outlines in {} cannot be opened").format(path), tr("Show them again"))
    layer.loadNamedStyle(str(STYLES / "outlines.qml"))
    layer.setReadOnly(True)
    return layer


def are_fresh(path: Path, index: Path) -> bool:
    """Whether outlines were written after the index that lies in a folder was described."""
    described = index / "index.json"
    return path.exists() and described.exists() and path.stat().st_mtime >= described.stat().st_mtime
