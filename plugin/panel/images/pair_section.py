"""The two rasters and their dates."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from ...errors import LayerError, PluginError
from ...translation import tr
from ..palette_icons import keep_icon
from .date_field import DateField
from .raster_picker import Choice, RasterPicker


class PairSection(QWidget):
    """Before above after, each with its date, and a button that swaps them."""

    changed = pyqtSignal()
    # Sent before `changed`, when it is a raster that changed.
    rasters_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # In the order in which the tabulator key is to visit them.
        self.before = RasterPicker("changeseek_before", tr("Choose the earlier raster"), self)
        self.before_date = DateField("changeseek_before_date", tr("Date of the earlier raster"), self)
        self.after = RasterPicker("changeseek_after", tr("Choose the later raster"), self)
        self.after_date = DateField("changeseek_after_date", tr("Date of the later raster"), self)
        self._swap = QToolButton(self)
        self._swap.setObjectName("changeseek_swap")
        keep_icon(self._swap, "swap", self._swap.setIcon)
        self._swap.setToolTip(tr("Swap before and after, with their dates"))
        self._swap.setAccessibleName(tr("Swap"))
        self._lay_out()
        self._connect()

    def sources(self) -> tuple[str, str]:
        """What the engine opens for before and after, each empty while nothing is chosen.

        Raises:
            LayerError: A layer is of a kind that the engine cannot read.
            PluginError: Both are the same.
        """
        before, after = self.before.source(), self.after.source()
        if before and before == after:
            raise PluginError(
                tr("before and after are the same raster"), tr("Choose another one for one of the dates")
            )
        return before, after

    def files(self) -> list[str]:
        """The sources of before and after, those that are chosen and can be read."""
        return [source for source in (self._readable(self.before), self._readable(self.after)) if source]

    def after_name(self) -> str:
        """By which an index would be called: the later raster's source."""
        return self._readable(self.after)

    def choose_files(self, before: str, after: str) -> None:
        """Show these files; an empty one leaves its picker as it is."""
        for picker, file in ((self.before, before), (self.after, after)):
            if file and self._readable(picker) != file:
                picker.choose(Choice(file=file))

    def dates(self) -> str:
        """`2009-08-18,2015-09-26` where the user set a date, empty where the files' own dates hold.

        Raises:
            PluginError: Only one of the dates is known, or they are the wrong way round.
        """
        if not (self.before_date.own or self.after_date.own):
            return ""
        before, after = self.before_date.date, self.after_date.date
        if before is None or after is None:
            raise PluginError(tr("only one of the dates is set"), tr("Set both, or clear the one"))
        if before > after:
            raise PluginError(
                tr("the before date lies after the after date"), tr("Swap the rasters or correct a date")
            )
        return f"{before},{after}"

    def take_dates(self, dates: tuple[str | None, str | None]) -> None:
        """Show the dates that the engine found."""
        self.before_date.found(dates[0])
        self.after_date.found(dates[1])

    def take_own_dates(self, dates: tuple[str | None, str | None]) -> None:
        """Show dates that hold whatever the files say; where one is unknown, the files' hold."""
        if None not in dates:
            self.before_date.restore((dates[0], True))
            self.after_date.restore((dates[1], True))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        rows = ((tr("Before"), self.before, self.before_date), (tr("After"), self.after, self.after_date))
        for number, (title, picker, date) in enumerate(rows):
            label = QLabel(title)
            label.setBuddy(picker)
            grid.addWidget(label, 2 * number, 0)
            grid.addWidget(picker, 2 * number, 1)
            line = QHBoxLayout()
            line.addWidget(date, 1)
            grid.addLayout(line, 2 * number + 1, 1)
        line.addWidget(self._swap)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        for picker, date in ((self.before, self.before_date), (self.after, self.after_date)):
            picker.changed.connect(date.forget)
            picker.changed.connect(self._raster_changed)
            date.changed.connect(self.changed)
        self._swap.clicked.connect(self._swap_all)

    def _raster_changed(self) -> None:
        self.rasters_changed.emit()
        self.changed.emit()

    @staticmethod
    def _readable(picker: RasterPicker) -> str:
        try:
            return picker.source()
        except LayerError:
            return ""

    def _swap_all(self) -> None:
        first, second = self.before.choice(), self.after.choice()
        first_date, second_date = self.before_date.state(), self.after_date.state()
        self.before.choose(second)
        self.after.choose(first)
        self.before_date.restore(second_date)
        self.after_date.restore(first_date)
        self.changed.emit()
