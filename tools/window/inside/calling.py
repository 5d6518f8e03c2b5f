"""Widgets by name, found without holding up the window that is looked at."""

from __future__ import annotations

from time import monotonic

from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QApplication, QWidget

# Going through all of QGIS's widgets takes Python 30 ms, and a freeze of the window is measured meanwhile.
SECONDS_BETWEEN_SEARCHES = 1.0

_known: dict[str, list[QWidget]] = {}
_searched: dict[str, float] = {}


def called(name: str) -> list[QWidget]:
    """The widgets of that object name; one that is just made is seen within a second."""
    known = [one for one in _known.get(name, []) if not sip.isdeleted(one)]
    lately = monotonic() - _searched.get(name, 0.0) < SECONDS_BETWEEN_SEARCHES
    if lately or any(one.isVisible() for one in known):
        return known
    _known[name] = [one for one in QApplication.allWidgets() if one.objectName() == name]
    _searched[name] = monotonic()
    return _known[name]
