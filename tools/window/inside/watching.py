"""When the map changed, and how long the window stood still meanwhile."""

from __future__ import annotations

from time import monotonic
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface

EVERY_MILLISECONDS = 5
# Shorter gaps between ticks are the timer's own.
SHORTEST_GAP_MILLISECONDS = 20.0


class Watch:
    """Notes gaps in a clock that should tick all the time, layers that come, maps that are drawn.

    Times are of the machine's monotonic clock, which the process outside reads as well.
    """

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []
        self.layers_added: list[float] = []
        self.maps_drawn: list[float] = []
        self._last = monotonic()
        QgsProject.instance().layersAdded.connect(self._note_layers)
        iface.mapCanvas().mapCanvasRefreshed.connect(self._note_map)
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(EVERY_MILLISECONDS)

    def excuse(self, seconds: float) -> None:
        """Leave out of the next gap what the watching itself took."""
        self._last += seconds

    def end(self) -> None:
        """Listen no more."""
        self._timer.stop()
        QgsProject.instance().layersAdded.disconnect(self._note_layers)
        iface.mapCanvas().mapCanvasRefreshed.disconnect(self._note_map)

    def _tick(self) -> None:
        now = monotonic()
        gap = (now - self._last) * 1000
        if gap > SHORTEST_GAP_MILLISECONDS:
            self.gaps.append((now, gap))
        self._last = now

    def _note_layers(self) -> None:
        self.layers_added.append(monotonic())

    def _note_map(self) -> None:
        self.maps_drawn.append(monotonic())


_watches: list[Watch] = []


def excuse(seconds: float) -> None:
    """An answer took so long: the window stood still for us, not for the plugin."""
    for watch in _watches:
        watch.excuse(seconds)


def start_watching() -> None:
    """Forget what was noted so far, and begin again."""
    stop_watching()
    _watches.append(Watch())


def stop_watching() -> None:
    """Note nothing any more; a clock that still ticks when QGIS ends would crash it."""
    for watch in _watches:
        watch.end()
    _watches.clear()


def watched() -> dict[str, Any]:
    """What was noted since then: when each gap ended, in seconds, and how many milliseconds it took."""
    watch = _watches[0]
    return {
        "gaps": watch.gaps,
        "layers_added": watch.layers_added,
        "maps_drawn": watch.maps_drawn,
    }
