"""Which part of the overlap is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ....core.engine.messages import InfoAnswer
from ...errors import PluginError
from ...layers.crs import name_of
from ...map.tiles import Tiles
from ...translation import tr

_NARROW = 8
OVERLAP, VIEW, LAYER, GROUND = "overlap", "view", "layer", "ground"


@dataclass(frozen=True)
class Area:
    """An extent with its CRS; `extent` is None for all of the overlap.

    Attributes:
        extent: xmin, ymin, xmax, ymax in units of `crs`.
        crs: Authority code or WKT.
    """

    extent: tuple[float, float, float, float] | None = None
    crs: str = ""


class AreaSection(QWidget):
    """All of the overlap, what the map shows now, the box around a polygon layer, or what an index has begun.

    Args:
        canvas: The map; None leaves the current view out.
        parent: Owner.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._ground = Area()
        self._kind = QComboBox(self)
        self._kind.setObjectName("changeseek_area")
        self._kind.setAccessibleName(tr("Area"))
        self._kind.setToolTip(tr("Which part of the ground that both rasters cover is looked at"))
        self._kind.addItem(tr("Whole overlap"), OVERLAP)
        if canvas is not None:
            self._kind.addItem(tr("Current map view"), VIEW)
        self._kind.addItem(tr("Extent of a polygon layer"), LAYER)
        self._layers = QgsMapLayerComboBox(self)
        self._layers.setObjectName("changeseek_area_layer")
        self._layers.setFilters(Qgis.LayerFilter.PolygonLayer)
        self._layers.setAccessibleName(tr("Polygon layer"))
        self._layers.setToolTip(tr("The bounding box around all of this layer's polygons is looked at"))
        for combo in (self._kind, self._layers):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_NARROW)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._kind)
        rows.addWidget(self._layers)
        self.setFocusProxy(self._kind)
        self._layers.hide()
        self._connect()

    def area(self) -> Area:
        """The area in numbers.

        Raises:
            PluginError: No polygon layer is there, or it is empty or has no CRS.
        """
        kind = self._kind.currentData()
        if kind == VIEW and self._canvas is not None:
            return _area(self._canvas.extent(), self._canvas.mapSettings().destinationCrs())
        if kind == LAYER:
            return _area_of(self._layers.currentLayer())
        return self._ground if kind == GROUND else Area()

    def choose_ground(self, index: InfoAnswer) -> None:
        """Offer the ground of an index that was begun, and choose it."""
        self.forget_ground()
        ground = Tiles.of(index).extent
        bounds = (ground.xMinimum(), ground.yMinimum(), ground.xMaximum(), ground.yMaximum())
        self._ground = Area(bounds, index.crs)
        self._kind.addItem(tr("As {} was begun").format(Path(index.index).name), GROUND)
        self._kind.setCurrentIndex(self._kind.findData(GROUND))

    def forget_ground(self) -> bool:
        """Do not offer it any more; whether it was offered."""
        place = self._kind.findData(GROUND)
        if self._kind.currentIndex() == place:
            self._kind.setCurrentIndex(self._kind.findData(OVERLAP))
        self._kind.removeItem(place)
        return bool(place >= 0)

    def stop(self) -> None:
        """Let go of the map."""
        if self._canvas is not None:
            self._canvas.extentsChanged.disconnect(self._view_changed)

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._changed)
        self._layers.layerChanged.connect(self._layer_changed)
        if self._canvas is not None:
            self._canvas.extentsChanged.connect(self._view_changed)

    def _changed(self) -> None:
        self._layers.setVisible(self._kind.currentData() == LAYER)
        self.changed.emit()

    def _layer_changed(self) -> None:
        if self._kind.currentData() == LAYER:
            self.changed.emit()

    def _view_changed(self) -> None:
        if self._kind.currentData() == VIEW:
            self.changed.emit()


def _area_of(layer: QgsMapLayer | None) -> Area:
    if layer is None:
        raise PluginError(tr("no polygon layer is in the project"), tr("Add one, or choose another area"))
    extent = layer.extent()
    if extent.isEmpty():
        raise PluginError(
            tr("the layer {} is empty").format(layer.name()), tr("Draw a polygon, or choose another area")
        )
    return _area(extent, layer.crs())


def _area(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> Area:
    if not crs.isValid():
        raise PluginError(
            tr("the area has no coordinate reference system"), tr("Set it, or choose another area")
        )
    bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    return Area(bounds, name_of(crs))
