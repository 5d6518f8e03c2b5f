"""Where a point of the ground is on the screen, and whether the map is still being drawn."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject
from qgis.utils import iface

from .places import Place, on_screen, point


def map_place(x: float, y: float, crs: str) -> Place:
    """The pixel of the map canvas where a point lies.

    Args:
        x: In units of `crs`.
        y: In units of `crs`.
        crs: Authority code or WKT.
    """
    canvas = iface.mapCanvas()
    source = QgsCoordinateReferenceSystem(crs)
    target = canvas.mapSettings().destinationCrs()
    transform = QgsCoordinateTransform(source, target, QgsProject.instance())
    pixel = canvas.mapSettings().mapToPixel().transform(transform.transform(QgsPointXY(x, y)))
    return point(canvas.viewport(), pixel.x(), pixel.y())


def map_state() -> dict[str, Any]:
    """The canvas: where it is, what it shows, and whether it is still drawing."""
    canvas = iface.mapCanvas()
    extent = canvas.extent()
    return {
        "drawing": canvas.isDrawing(),
        "place": on_screen(canvas.viewport(), canvas.viewport().rect()),
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "crs": canvas.mapSettings().destinationCrs().authid(),
        "shown": [layer.name() for layer in canvas.layers()],
        "tool": "" if canvas.mapTool() is None else type(canvas.mapTool()).__name__,
    }
