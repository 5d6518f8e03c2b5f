"""Flicker between the dates: what changed catches the eye when the two alternate in one place."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsLayerTreeLayer
from qgis.PyQt.QtCore import QObject, QTimer


class Flicker(QObject):
    """Hides and shows the layer of the date that lies above the other.

    Args:
        find: That date's entry in the layer tree, None where no date is on the map.
        parent: Ends it.
    """

    def __init__(self, find: Callable[[], QgsLayerTreeLayer | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.step)

    @property
    def running(self) -> bool:
        """Whether the dates alternate by themselves."""
        return bool(self._timer.isActive())

    def step(self) -> None:
        """Show the other date."""
        node = self._find()
        if node is not None:
            node.setItemVisibilityChecked(not node.itemVisibilityChecked())

    def start(self, seconds: float) -> None:
        """Alternate by itself; each date is shown for so many seconds."""
        self._timer.start(max(1, round(1000 * seconds)))

    def stop(self) -> None:
        """Stop alternating, with the upper date shown; where nothing alternates, nothing changes."""
        if not self.running:
            return
        self._timer.stop()
        node = self._find()
        if node is not None:
            node.setItemVisibilityChecked(True)
