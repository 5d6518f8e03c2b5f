"""ChangeSeek: type what changed, see where it happened. QGIS loads the plugin from here.

The same folder is the Python package of the engine (`changeseek.core`), so nothing is imported before it is
asked for: QGIS must not load the engine's libraries, nor the engine Qt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .plugin.plugin import ChangeSeekPlugin


def classFactory(iface: QgisInterface) -> ChangeSeekPlugin:  # noqa: N802 - the name that QGIS calls
    """Make the plugin; QGIS calls this once when the plugin is enabled."""
    from .plugin.plugin import ChangeSeekPlugin

    return ChangeSeekPlugin(iface)
