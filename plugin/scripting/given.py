"""What scripts may give, as the engine takes it: layers, paths, rectangles, tiles."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Union

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..errors import BadRequestError
from ..layers.crs import name_of
from ..layers.sources import raster_source
from ..processing.paths import absolute, absolute_if_there
from ..processing.tiles_to_caption import TILE_FIELD
from ..translation import tr

# Evaluated, and QGIS on macOS has Python 3.9: no `|`.
Path = Union[str, "os.PathLike[str]"]
Raster = Union[QgsRasterLayer, Path]  # noqa: UP007
Extent = Union[QgsRectangle, QgsReferencedRectangle, Sequence[float]]  # noqa: UP007
Crs = Union[QgsCoordinateReferenceSystem, str]  # noqa: UP007
Tiles = Union[str, Sequence[str], QgsVectorLayer]  # noqa: UP007


def source_of(raster: Raster) -> str:
    """What GDAL opens; main thread where a layer is given.

    Raises:
        LayerError: The layer is of a kind that the engine cannot read.
    """
    name = raster_source(raster) if isinstance(raster, QgsRasterLayer) else os.fspath(raster)
    return absolute_if_there(name)


def path_of(path: Path) -> str:
    """A file or a folder, from the root."""
    return absolute(os.fspath(path))


def corners_of(extent: Extent | None) -> tuple[float, float, float, float] | None:
    """The numbers xmin, ymin, xmax, ymax.

    Raises:
        BadRequestError: They are not four.
    """
    if extent is None:
        return None
    if isinstance(extent, QgsRectangle):
        return (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    if len(extent) != 4:
        message = tr("an extent has four numbers, and not {}").format(len(extent))
        raise BadRequestError(message, tr("Give xmin, ymin, xmax, ymax"))
    xmin, ymin, xmax, ymax = map(float, extent)
    return xmin, ymin, xmax, ymax


def crs_name(extent: Extent | None, crs: Crs) -> str:
    """Authority code or WKT of an extent's CRS; empty for that of the finer date."""
    if isinstance(crs, str) and not crs and isinstance(extent, QgsReferencedRectangle):
        crs = extent.crs()
    return crs if isinstance(crs, str) else name_of(crs)


def tile_ids_of(tiles: Tiles) -> list[str]:
    """The ids of tiles: one, several, or of a layer's selected features, or of all where none is selected.

    Raises:
        BadRequestError: The layer has no attribute `tile_id`.
    """
    if isinstance(tiles, str):
        return [tiles]
    if not isinstance(tiles, QgsVectorLayer):
        return list(tiles)
    if tiles.fields().indexOf(TILE_FIELD) < 0:
        message = tr("the layer {} has no attribute {}").format(tiles.name(), TILE_FIELD)
        raise BadRequestError(message, tr("Give a layer of hits"))
    features = tiles.getSelectedFeatures() if tiles.selectedFeatureCount() else tiles.getFeatures()
    return [str(feature[TILE_FIELD]) for feature in features]
