"""Which string makes the engine open what a raster layer shows."""

from __future__ import annotations

import os

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer

from ..errors import LayerError
from ..translation import tr


def raster_source(layer: QgsRasterLayer) -> str:
    """The file, or what else GDAL opens, behind a layer; on the main thread only.

    Raises:
        LayerError: The layer is no raster, or no raster that GDAL opens by name alone.
    """
    if not isinstance(layer, QgsRasterLayer):
        raise LayerError(tr("{} is no raster layer").format(layer.name()), tr("Choose a raster"))
    if not layer.isValid():
        raise LayerError(tr("the layer {} is broken").format(layer.name()), tr("Repair its data source"))
    # What follows a bar are settings of QGIS: open options, a key to the user's passwords.
    source, _, settings = str(layer.source()).partition("|")
    in_memory = source.startswith("MEM:") or "/vsimem/" in source
    if layer.providerType() != "gdal" or settings or in_memory:
        raise LayerError(
            tr("the layer {} comes from {}, which the engine cannot read").format(layer.name(), _kind(layer)),
            tr("Export it first (layer menu, Export, Save As) and choose the file"),
        )
    return source


def find_raster(project: QgsProject, source: str) -> QgsRasterLayer | None:
    """A valid raster layer of the project that shows a file, None where there is none.

    Args:
        project: Whose layers are looked at.
        source: As the engine names it.
    """
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and layer.isValid() and _same(_plain_source(layer), source):
            return layer
    return None


def _plain_source(layer: QgsMapLayer) -> str:
    return str(layer.source()) if layer.providerType() == "gdal" else ""


def _same(one: str, other: str) -> bool:
    """Whether two names mean the same file; the disk is asked only where they may."""
    if os.path.basename(one) != os.path.basename(other):
        return False
    return one == other or os.path.normcase(os.path.realpath(one)) == os.path.normcase(
        os.path.realpath(other)
    )


def _kind(layer: QgsRasterLayer) -> str:
    names = {
        "wms": tr("a web service"),
        "wcs": tr("a web service"),
        "arcgismapserver": tr("a web service"),
        "virtualraster": tr("a raster calculation"),
        "postgresraster": tr("a database"),
        "gdal": tr("memory or a source with options"),
    }
    return str(names.get(layer.providerType(), layer.providerType()))
