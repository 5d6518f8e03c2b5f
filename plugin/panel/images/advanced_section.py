"""What few people need: bands, resolution, device."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import QRegularExpression, pyqtSignal
from qgis.PyQt.QtGui import QRegularExpressionValidator
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QWidget

from ...translation import tr

_BANDS = QRegularExpression(r"\s*(\d{1,3}\s*,\s*){0,2}\d{0,3}\s*")
_MOST_METRES = 10_000.0
_DECIMALS = 3


class AdvancedSection(QgsCollapsibleGroupBoxBasic):
    """Collapsed until somebody needs it."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Advanced"), parent)
        self.setObjectName("changeseek_advanced")
        self._bands = self._band_field("changeseek_bands", tr("Bands of the earlier raster"))
        self._bands_after = self._band_field("changeseek_bands_after", tr("Bands of the later raster"))
        # Finer than the field shows, from an index that was begun with it.
        self._exact_gsd: float | None = None
        self._gsd = QDoubleSpinBox()
        self._gsd.setObjectName("changeseek_gsd")
        self._gsd.setAccessibleName(tr("Metres a pixel"))
        self._gsd.setRange(0.0, _MOST_METRES)
        self._gsd.setDecimals(_DECIMALS)
        self._gsd.setSuffix(tr(" m a pixel"))
        self._gsd.setSpecialValueText(tr("as the finer raster"))
        self._gsd.setToolTip(
            tr("Resample both rasters to this pixel size; coarser is faster and sees larger things")
        )
        self._shift_dates = QCheckBox(tr("Take out the shift between the dates"))
        self._shift_dates.setObjectName("changeseek_shift_dates")
        self._shift_dates.setToolTip(
            tr("Move the later raster by the measured shift while it is read; the file stays as it is")
        )
        self._device = self._device_field()
        self._lay_out()
        self.setCollapsed(True)
        self._gsd.valueChanged.connect(self.changed)
        self._shift_dates.toggled.connect(self.changed)
        self._device.currentIndexChanged.connect(self.changed)

    @property
    def bands(self) -> str:
        """Such as `3,2,1`; empty leaves the choice to the engine."""
        return _tidy(self._bands.text())

    @property
    def bands_after(self) -> str:
        """The same for the later raster."""
        return _tidy(self._bands_after.text())

    @property
    def gsd(self) -> float | None:
        """Metres a pixel to resample to; None keeps the finer raster's."""
        shown = float(self._gsd.value())
        exact = self._exact_gsd
        return exact if exact is not None and round(exact, _DECIMALS) == shown else shown or None

    @property
    def shift_dates(self) -> bool:
        """Whether the later raster is to be moved onto the earlier."""
        return bool(self._shift_dates.isChecked())

    @property
    def device(self) -> str:
        """auto, cpu or cuda."""
        return str(self._device.currentData())

    def choose(
        self, gsd: float | None, bands: Sequence[int], bands_after: Sequence[int], shift_dates: bool
    ) -> None:
        """Show these; None and nothing stand for what is chosen by itself."""
        self._exact_gsd = gsd
        self._gsd.setValue(gsd or 0.0)
        self._bands.setText(",".join(map(str, bands)))
        self._bands_after.setText(",".join(map(str, bands_after)))
        self._shift_dates.setChecked(shift_dates)

    def choose_device(self, device: str) -> None:
        """Show this device; one that is not in the list becomes automatic."""
        self._device.setCurrentIndex(max(0, self._device.findData(device)))

    def _band_field(self, name: str, title: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setPlaceholderText(tr("chosen, such as 3,2,1"))
        field.setValidator(QRegularExpressionValidator(_BANDS, field))
        field.setToolTip(
            tr("Numbers of the bands that show red, green and blue, such as 3,2,1; empty lets them be chosen")
        )
        field.textChanged.connect(self.changed)
        return field

    def _device_field(self) -> QComboBox:
        field = QComboBox()
        field.setObjectName("changeseek_device")
        field.setAccessibleName(tr("Device"))
        for title, device in (
            (tr("Automatic"), "auto"),
            (tr("Processor (CPU)"), "cpu"),
            (tr("Graphics card (CUDA)"), "cuda"),
        ):
            field.addItem(title, device)
        field.setToolTip(tr("Where the model runs. Automatic takes a graphics card where there is one"))
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return field

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Bands before"), self._bands)
        form.addRow(tr("Bands after"), self._bands_after)
        form.addRow(tr("Pixel size"), self._gsd)
        form.addRow(tr("Alignment"), self._shift_dates)
        form.addRow(tr("Device"), self._device)


def _tidy(bands: str) -> str:
    return ",".join(part for part in bands.replace(" ", "").split(",") if part)
