"""Where the main window stands: without a window manager nobody else places it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface

# QGIS restores its own geometry a moment after it has run our code.
MILLISECONDS_TO_SETTLE = 1500
# They would take half of the picture and show nothing of ours.
IN_THE_WAY = ("Browser", "Browser2")


def place_window() -> None:
    """Make the main window fill the screen as soon as QGIS has settled."""
    QTimer.singleShot(MILLISECONDS_TO_SETTLE, _fill_the_screen)


def _fill_the_screen() -> None:
    window = iface.mainWindow()
    window.setGeometry(window.screen().geometry())
    for name in IN_THE_WAY:
        dock = window.findChild(QDockWidget, name)
        if dock is not None:
            dock.hide()
