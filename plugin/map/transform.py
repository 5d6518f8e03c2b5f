"""Places between the CRS of an index and that of the map."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)


def point_in(
    point: QgsPointXY, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsPointXY | None:
    """A point in another CRS; None where that CRS does not reach."""
    try:
        return QgsCoordinateTransform(source, target, QgsProject.instance()).transform(point)
    except QgsCsException:
        return None


def rectangle_in(
    rectangle: QgsRectangle, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsRectangle | None:
    """The box around a rectangle in another CRS; None where that CRS does not reach."""
    try:
        return QgsCoordinateTransform(source, target, QgsProject.instance()).transformBoundingBox(rectangle)
    except QgsCsException:
        return None
