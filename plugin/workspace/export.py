"""The listed hits as a file for other programs, in the formats of the command line."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter, QgsVectorLayer

from ..errors import LayerError
from ..layers.crs import name_of
from ..layers.hits import LAYER, open_hits
from ..layers.whole import written_whole
from ..translation import tr

_OPTIONS = {"GeoJSON": ["RFC7946=YES", "COORDINATE_PRECISION=9"]}
_PLACE = ("xmin", "ymin", "xmax", "ymax", "crs")


def export_hits(source: str, path: Path, driver: str) -> Path:
    """Write a layer of hits to a file, whole or not at all; any thread.

    Args:
        source: The layer's source, its filter included.
        path: A file of that name is replaced.
        driver: GDAL's name: GPKG (with its style inside), GeoJSON (longitude and latitude) or CSV.

    Returns:
        `path`.

    Raises:
        LayerError: The hits cannot be read, or the file cannot be written.
    """
    layer = QgsVectorLayer(source, LAYER, "ogr")
    if not layer.isValid():
        raise LayerError(tr("the hits cannot be read"), tr("Search again"))
    try:
        with written_whole(path) as unfinished:
            if driver == "CSV":
                _write_table(layer, unfinished)
            else:
                _write_map(layer, unfinished, driver)
    except OSError as error:
        raise _not_written(path, str(error)) from error
    return path


def _write_map(layer: QgsVectorLayer, path: Path, driver: str) -> None:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.fileEncoding = driver, LAYER, "UTF-8"
    options.layerOptions = _OPTIONS.get(driver, [])
    options.attributes = [layer.fields().indexOf(name) for name in _names(layer)]
    error, why, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsCoordinateTransformContext(), options
    )
    if error != QgsVectorFileWriter.WriterError.NoError:
        raise _not_written(path, why)
    if driver == "GPKG":
        written = open_hits(path, LAYER)
        written.saveStyleToDatabase(LAYER, tr("Tiles by score"), True, "")


def _write_table(layer: QgsVectorLayer, path: Path) -> None:
    """Columns of the command line's tables, and the verdicts."""
    names = _names(layer)
    place = names.index("percentile") + 1
    crs = name_of(layer.crs())
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*names[:place], *_PLACE, *names[place:]])
        for feature in layer.getFeatures():
            box = feature.geometry().boundingBox()
            bounds = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
            values = [_cell(feature[name]) for name in names]
            writer.writerow([*values[:place], *bounds, crs, *values[place:]])


def _cell(value: Any) -> int | float | str:
    """A value; empty for QGIS's null, which is another thing in each version."""
    return value if isinstance(value, (int, float, str)) else ""


def _names(layer: QgsVectorLayer) -> list[str]:
    """All attributes but the number that the file itself gives to each feature."""
    return [name for name in layer.fields().names() if name != "fid"]


def _not_written(path: Path, why: str) -> LayerError:
    return LayerError(
        tr("the hits could not be written to {}: {}").format(path.parent, why),
        tr("Name another file, or check that the folder can be written to"),
    )
