"""What QGIS itself measured at its start."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QModelIndex


def start_times() -> dict[str, float]:
    """Seconds by name; a name that occurs twice, such as one below a plugin, keeps its first."""
    times: dict[str, float] = {}
    _collect(QModelIndex(), times)
    return times


def _collect(parent: QModelIndex, times: dict[str, float]) -> None:
    profiler = QgsApplication.profiler()
    for row in range(profiler.rowCount(parent)):
        name = profiler.index(row, 0, parent)
        seconds = profiler.index(row, 1, parent).data()
        times.setdefault(str(name.data()), float(seconds or 0.0))
        _collect(name, times)
