"""Hits as a GeoPackage layer that QGIS opens with its style."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from changeseek.core.index.boxes import GEOMETRY_COLUMN, write_boxes
from changeseek.core.index.hits import Hit

LAYER = "hits"
_WORLD = "EPSG:4326"

# The table in which QGIS looks for the styles of a GeoPackage's layers.
_STYLE_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
    styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
    ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)
"""
_STYLE_CONTENTS = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('layer_styles', 'attributes', 'layer_styles', '')
"""
_STYLE_ROW = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
                          styleName, styleQML, styleSLD, useAsDefault, description, owner)
VALUES ('', '', ?, ?, ?, ?, '', 1, 'Tiles by score', '')
"""


def write_geopackage(hits: Sequence[Hit], query: str, path: Path, style: str) -> None:
    """Write the layer `hits` with polygons in the hits' CRS.

    Args:
        hits: Best first; may be empty.
        query: Text kept beside each hit.
        path: A file that does not exist yet.
        style: The layer's style as QML text, stored as the default.

    Raises:
        OSError: The file cannot be written.
    """
    _write_layer(hits, query, path)
    try:
        _add_style(path, style)
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error)) from error


def _add_style(path: Path, style: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLE_TABLE)
        database.execute(_STYLE_CONTENTS)
        database.execute(_STYLE_ROW, (LAYER, GEOMETRY_COLUMN, LAYER, style))


def _write_layer(hits: Sequence[Hit], query: str, path: Path) -> None:
    bounds = np.asarray([hit.bounds for hit in hits], dtype=np.float64).reshape(-1, 4)
    columns = {
        "rank": np.asarray([hit.rank for hit in hits], dtype=np.int32),
        "tile_id": np.asarray([hit.tile_id for hit in hits], dtype=object),
        "score": np.asarray([hit.score for hit in hits], dtype=np.float64),
        "percentile": np.asarray([hit.percentile for hit in hits], dtype=np.float64),
        "query": np.asarray([query] * len(hits), dtype=object),
    }
    write_boxes(path, LAYER, bounds, columns, hits[0].crs if hits else _WORLD)
