"""How the ground is cut: the side of a tile, how far neighbours overlap, and what that is in metres."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QToolButton, QVBoxLayout, QWidget

from ....core.engine.messages import DEFAULT_TILE
from ...translation import tr
from ..states import wrapped
from ..words import length

_QUICK = (64, 128, 256)
# The engine's own bounds; smaller tiles than 16 pixels show nothing that a model could name.
_LEAST, _MOST = 16, 2048
_MOST_OVERLAP = 90
_OVERLAP_STEP = 25


class TileSection(QWidget):
    """Tile size in pixels and overlap in per cent, with the resulting size on the ground."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gsd: float | None = None
        self._quick: dict[int, QToolButton] = {}
        self._tile = self._field("changeseek_tile", tr("Tile size"), _LEAST, _MOST, " px")
        self._tile.setValue(DEFAULT_TILE)
        self._tile.setToolTip(
            tr("Side of a tile in pixels: about the size of what you look for, with some ground around it")
        )
        self._overlap = self._field("changeseek_overlap", tr("Overlap"), 0, _MOST_OVERLAP, tr(" % overlap"))
        self._overlap.setSingleStep(_OVERLAP_STEP)
        self._overlap.setToolTip(
            tr(
                "How far neighbouring tiles overlap. More finds what lies between two tiles, and takes "
                "longer: 50 % makes four times as many tiles"
            )
        )
        self._ground = wrapped()
        self._ground.setObjectName("changeseek_ground")
        self._lay_out()
        self._show_choice()
        for field in (self._tile, self._overlap):
            field.valueChanged.connect(self._changed)

    @property
    def tile(self) -> int:
        """Side of a tile in pixels."""
        return int(self._tile.value())

    @property
    def stride(self) -> int:
        """Step between tiles in pixels, 1..tile."""
        return max(1, round(self.tile * (100 - int(self._overlap.value())) / 100))

    def choose(self, tile: int, stride: int | None) -> None:
        """Show a tile size and the overlap of that step; None is no overlap."""
        self._tile.setValue(tile)
        self._overlap.setValue(round(100 * (1 - (stride or tile) / max(1, tile))))

    def take_gsd(self, gsd: float | None) -> None:
        """Metres a pixel, as the engine found them; None while unknown."""
        self._gsd = gsd
        self._ground.setText(self._in_words())

    def _field(self, name: str, title: str, least: int, most: int, unit: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setRange(least, most)
        field.setSuffix(unit)
        # Its own policy forbids what a narrow dock needs.
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return field

    def _lay_out(self) -> None:
        sizes = QHBoxLayout()
        sizes.addWidget(self._tile, 2)
        sizes.addWidget(self._overlap, 3)
        quick = QHBoxLayout()
        for side in _QUICK:
            quick.addWidget(self._quick_choice(side))
        quick.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(sizes)
        rows.addLayout(quick)
        rows.addWidget(self._ground)
        self.setFocusProxy(self._tile)

    def _quick_choice(self, side: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"changeseek_tile_{side}")
        button.setText(str(side))
        button.setToolTip(tr("Tiles of {} pixels").format(side))
        button.setCheckable(True)
        button.clicked.connect(lambda: self._take(side))
        self._quick[side] = button
        return button

    def _take(self, side: int) -> None:
        self._tile.setValue(side)
        # A click on the one that holds would let it go.
        self._show_choice()

    def _changed(self) -> None:
        self._show_choice()
        self.changed.emit()

    def _show_choice(self) -> None:
        """Say what the size is on the ground, and let the button of that size stand out."""
        self._ground.setText(self._in_words())
        for side, button in self._quick.items():
            button.setChecked(side == self.tile)

    def _in_words(self) -> str:
        if self._gsd is None:
            return tr("{} px, step {} px").format(self.tile, self.stride)
        tile, step = length(self.tile * self._gsd), length(self.stride * self._gsd)
        return tr("{} px = {} on the ground, step {}").format(self.tile, tile, step)
