"""Boxes with attributes as a layer of a new GeoPackage: hits and outlines alike."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
from rasterio.crs import CRS

GEOMETRY_COLUMN = "geom"
# The GDAL of an older QGIS warns about later versions, which hold nothing that is needed here.
_VERSION = "1.2"


def write_boxes(
    path: Path, layer: str, bounds: NDArray[np.float64], columns: dict[str, NDArray[Any]], crs: str
) -> None:
    """Write N polygons.

    Args:
        path: A file that does not exist yet.
        layer: Name of the layer.
        bounds: (N, 4) xmin, ymin, xmax, ymax in CRS units; N may be 0.
        columns: (N,) values of each attribute, by its name.
        crs: WKT or authority code.

    Raises:
        OSError: The file cannot be written, in GDAL's words.
    """
    try:
        pyogrio.raw.write(
            path,
            geometry=shapely.to_wkb(shapely.box(*bounds.T)),
            field_data=list(columns.values()),
            fields=list(columns),
            layer=layer,
            driver="GPKG",
            dataset_options={"VERSION": _VERSION},
            geometry_type="Polygon",
            crs=CRS.from_user_input(crs).to_wkt(),
        )
    except (DataSourceError, DataLayerError, FeatureError) as error:
        # Before the reason GDAL repeats whole SQL statements.
        raise OSError(errno.EIO, str(error).rpartition(" failed: ")[2]) from error
