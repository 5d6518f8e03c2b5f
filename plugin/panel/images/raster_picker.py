"""One date's raster: a layer of the project, or a file that is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import Qgis, QgsProject, QgsProviderRegistry, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QToolButton, QWidget

from ...layers.sources import raster_source
from ...translation import tr
from ..states import theme_icon

_NARROW = 8


@dataclass(frozen=True)
class Choice:
    """What a picker holds; both None where nothing is chosen.

    Attributes:
        layer: A raster layer of the project.
        file: Path of a raster that is not in the project.
    """

    layer: QgsRasterLayer | None = None
    file: str | None = None


class RasterPicker(QWidget):
    """Takes any raster layer, by choosing or by dropping it, and any file.

    Args:
        name: Object name of the list of layers; the file button's ends with `_file`.
        title: What to choose, for those who do not see the label, and over the file dialog.
        parent: Owner.
    """

    changed = pyqtSignal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._files: dict[str, str] = {}
        self._combo = QgsMapLayerComboBox(self)
        self._combo.setObjectName(name)
        self._combo.setFilters(Qgis.LayerFilter.RasterLayer)
        self._combo.setAllowEmptyLayer(True, tr("Choose a raster"))
        self._combo.setAccessibleName(title)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(_NARROW)
        self._button = QToolButton(self)
        self._button.setObjectName(f"{name}_file")
        self._button.setIcon(theme_icon("mActionFileOpen"))
        self._button.setToolTip(tr("Choose a raster file that is not in the project"))
        self._button.setAccessibleName(tr("Choose a file"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._combo, 1)
        row.addWidget(self._button)
        self.setFocusProxy(self._combo)
        self._combo.setLayer(None)
        self._combo.currentIndexChanged.connect(self._tell)
        self._button.clicked.connect(self._ask_for_file)
        self._tell()

    def choice(self) -> Choice:
        """What is chosen now."""
        layer = self._combo.currentLayer()
        if layer is not None:
            return Choice(layer=layer)
        return Choice(file=self._files.get(self._combo.currentText()))

    def choose(self, choice: Choice) -> None:
        """Show that layer or file."""
        if choice.file is not None:
            self._choose_file(choice.file)
        else:
            self._combo.setLayer(choice.layer)

    def source(self) -> str:
        """What the engine opens; empty while nothing is chosen.

        Raises:
            LayerError: The layer is of a kind that the engine cannot read.
        """
        choice = self.choice()
        if choice.layer is not None:
            return raster_source(choice.layer)
        return choice.file or ""

    def _choose_file(self, path: str) -> None:
        label = self._label(path)
        if label not in self._files:
            self._files[label] = path
            self._combo.setAdditionalItems(list(self._files))
        self._combo.setCurrentIndex(self._place_of(label))

    def _place_of(self, label: str) -> int:
        """A file's row; a layer may have the same name."""
        rows = range(self._combo.count())
        return next(
            row for row in rows if self._combo.itemText(row) == label and self._combo.layer(row) is None
        )

    def _label(self, path: str) -> str:
        """The file's name, or its whole path where another file of that name is in the list."""
        name = Path(path).name or path
        return name if self._files.get(name, path) == path else path

    def _ask_for_file(self) -> None:
        filters = QgsProviderRegistry.instance().fileRasterFilters()
        chosen = self.choice().file
        folder = str(Path(chosen).parent) if chosen else str(QgsProject.instance().homePath())
        path, _ = QFileDialog.getOpenFileName(self, self._title, folder, filters)
        if path:
            self._choose_file(path)

    def _tell(self) -> None:
        choice = self.choice()
        where = choice.file or (choice.layer.source() if choice.layer is not None else "")
        self._combo.setToolTip(
            where or tr("Choose a raster layer of the project, drop one here, or choose a file")
        )
        self.changed.emit()
