"""The rasters of the two dates: opened off the GUI's thread, shown below the hits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...core.engine.messages import InfoAnswer, Source
from ..errors import LayerError
from ..layers.crs import crs_of
from ..layers.dates import give_dates, play_dates
from ..layers.group import AFTER, BEFORE, IndexGroup
from ..layers.sources import find_raster
from ..translation import tr


@dataclass(frozen=True)
class OpenedDate:
    """A raster of an index, ready for the map.

    Attributes:
        role: after or before.
        source: As the index names it.
        crs: Authority code or WKT of the layer's CRS.
        layer: Invalid where the raster is not there; lives on the GUI's thread.
    """

    role: str
    source: Source
    crs: str
    layer: QgsRasterLayer


def open_dates(info: InfoAnswer) -> list[OpenedDate]:
    """Open both rasters; for a thread, because files in a network or without statistics take their time."""
    gui = QCoreApplication.instance().thread()
    opened = []
    for role, source in ((AFTER, info.after), (BEFORE, info.before)):
        layer = QgsRasterLayer(source.path, _title(source), "gdal")
        crs = layer.crs().authid() or layer.crs().toWkt()
        layer.moveToThread(gui)
        opened.append(OpenedDate(role, source, crs, layer))
    return opened


def show_dates(project: QgsProject, group: IndexGroup, opened: list[OpenedDate]) -> list[LayerError]:
    """Put rasters on the map; one that the project shows already stays where it is.

    Returns:
        What is missing.
    """
    missing = []
    for date in opened:
        known = group.layer(date.role) or find_raster(project, date.source.path)
        if known is not None:
            group.adopt(known, date.role)
        elif date.layer.isValid():
            _renew_crs(date)
            group.add(date.layer, date.role)
            _fold(group, date.role)
        else:
            missing.append(_not_found(date.source))
    return missing


def give_group_its_dates(project: QgsProject, group: IndexGroup, info: InfoAnswer) -> None:
    """Let the temporal controller play the dates that are on the map."""
    before, after = group.layer(BEFORE), group.layer(AFTER)
    dates = (info.before.date, info.after.date)
    if isinstance(before, QgsRasterLayer) and isinstance(after, QgsRasterLayer):
        give_dates(before, after, dates)
        play_dates(project, dates)


def _renew_crs(date: OpenedDate) -> None:
    """A CRS that was made on a thread is dead when the thread is; on another map CRS nothing would be drawn.

    QGIS keeps the CRS that it has where an equal one is set, so it is taken away first.
    """
    date.layer.setCrs(QgsCoordinateReferenceSystem())
    date.layer.setCrs(crs_of(date.crs))


def _fold(group: IndexGroup, role: str) -> None:
    """A legend of three bands says nothing."""
    node = group.node(role)
    if node is not None:
        node.setExpanded(False)


def _title(source: Source) -> str:
    name = Path(source.path).name
    return f"{name} ({source.date})" if source.date else name


def _not_found(source: Source) -> LayerError:
    return LayerError(
        tr("the raster {} cannot be opened, so the map does not show it").format(source.path),
        tr("Searching works without it; put it back to where it was to see it"),
    )
