"""Coordinate reference systems as the engine names them."""

from __future__ import annotations

from qgis.core import Qgis, QgsCoordinateReferenceSystem


def crs_of(name: str) -> QgsCoordinateReferenceSystem:
    """The CRS of an authority code ("EPSG:32615") or of WKT; an invalid one for an empty name."""
    return QgsCoordinateReferenceSystem(name)


def name_of(crs: QgsCoordinateReferenceSystem) -> str:
    """The authority code, or WKT for a CRS of the user's own, whose code nobody else knows."""
    code = str(crs.authid())
    if code and not code.startswith("USER:"):
        return code
    return str(crs.toWkt(Qgis.CrsWktVariant.Preferred))
