"""A map canvas with a known extent, and the tiles of an index on it."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from changeseek.plugin.map.tiles import Axis, Tiles


@pytest.fixture
def tiles() -> Tiles:
    """8 x 8 tiles of 64 m."""
    axis = Axis(size=512, tile=64, stride=64, count=8)
    return Tiles("EPSG:32633", 500000.0, 5000000.0, 1.0, 1.0, down=axis, across=axis)


@pytest.fixture
def canvas(qgis_canvas: Any, qgis_new_project: None) -> Any:
    qgis_canvas.resize(512, 512)
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    qgis_canvas.setExtent(QgsRectangle(500000, 4999488, 500512, 5000000))
    return qgis_canvas
