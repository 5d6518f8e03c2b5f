"""The plugin as QGIS knows it: builds what people see, connects it, and takes all of it away again."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis
from qgis.gui import QgisInterface
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .translation import tr

MENU = "ChangeSeek"
ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "changeseek.svg"


class ChangeSeekPlugin:
    """One button in the plugin toolbar and in the Raster menu.

    Args:
        iface: The running QGIS.
    """

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self._action: QAction | None = None

    def initGui(self) -> None:
        """Add the button and the menu entry; QGIS calls this when the plugin is switched on."""
        self._action = QAction(QIcon(str(ICON)), tr("ChangeSeek"), self._iface.mainWindow())
        self._action.setObjectName("changeseek_open")
        self._action.setToolTip(tr("Search for what changed between two rasters"))
        self._action.triggered.connect(self._say_what_works)
        self._iface.addToolBarIcon(self._action)
        self._iface.addPluginToRasterMenu(MENU, self._action)

    def unload(self) -> None:
        """Take away all that `initGui` added; QGIS calls this when the plugin is switched off."""
        if self._action is None:
            return
        self._iface.removePluginRasterMenu(MENU, self._action)
        self._iface.removeToolBarIcon(self._action)
        self._action.deleteLater()
        self._action = None

    def _say_what_works(self) -> None:
        self._iface.messageBar().pushMessage(
            tr("ChangeSeek"),
            # One line: the message bar cuts what is longer.
            tr(
                "The panel comes later. The command line works: changeseek index, then changeseek search. "
                "See README.md."
            ),
            Qgis.MessageLevel.Info,
            20,
        )
