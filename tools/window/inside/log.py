"""What goes wrong inside QGIS, written into the log of its process, where it outlives the window."""

from __future__ import annotations

import faulthandler
import sys

from qgis.core import Qgis, QgsApplication


def keep_log() -> None:
    """Write QGIS's warnings from now on, and where Python was in case of a crash."""
    faulthandler.enable()
    QgsApplication.messageLog().messageReceived.connect(_write)


def _write(message: str, tag: str, level: Qgis.MessageLevel) -> None:
    if level in (Qgis.MessageLevel.Warning, Qgis.MessageLevel.Critical):
        sys.stderr.write(f"{tag}: {message}\n")
        sys.stderr.flush()
