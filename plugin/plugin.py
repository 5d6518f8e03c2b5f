"""The plugin as QGIS knows it: builds what people see, connects it, and takes all of it away again.

QGIS waits for this at its start, so the panel and all that it needs are made when first asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .translation import tr

if TYPE_CHECKING:
    from .panel.dock import Panel
    from .processing.provider import ChangeSeekProvider
    from .workspace import Workspace

MENU = "ChangeSeek"
SHORTCUT = "Ctrl+Alt+F"
# Letters beside each other: a whole query fits.
WIDTH = 56
ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "changeseek.svg"


class ChangeSeekPlugin:
    """A button in the plugin toolbar and in the Raster menu that opens the panel, and a Processing provider.

    Args:
        iface: The running QGIS; None in `qgis_process`, which asks for the Processing provider only.
    """

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self._action: QAction | None = None
        self._provider: ChangeSeekProvider | None = None
        self._workspace: Workspace | None = None
        self._panel: Panel | None = None

    def initProcessing(self) -> None:
        """Add the Processing algorithms; QGIS calls this alone where there is no window."""
        from .processing.provider import ChangeSeekProvider

        provider = ChangeSeekProvider()
        # Refused, and deleted, where a second copy of the plugin has added its own already.
        if QgsApplication.processingRegistry().addProvider(provider):
            self._provider = provider

    def initGui(self) -> None:
        """Add button, menu entry and algorithms; QGIS calls this when the plugin is switched on."""
        self.initProcessing()
        self._action = QAction(QIcon(str(ICON)), tr("ChangeSeek"), self._iface.mainWindow())
        self._action.setObjectName("changeseek_open")
        self._action.setToolTip(tr("Search for what changed between two rasters"))
        self._action.setCheckable(True)
        self._action.triggered.connect(self._show_panel)
        self._iface.registerMainWindowAction(self._action, SHORTCUT)
        self._iface.addToolBarIcon(self._action)
        self._iface.addPluginToRasterMenu(MENU, self._action)
        QgsProject.instance().readProject.connect(self._restore)

    def unload(self) -> None:
        """Take away all of it and end the engine; QGIS calls this when the plugin is switched off."""
        self._remove_panel()
        self._remove_action()
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        self._end_the_engine()

    def _remove_panel(self) -> None:
        if self._panel is not None:
            self._iface.removeDockWidget(self._panel)
            self._panel.teardown()
            self._panel.deleteLater()
            self._panel = None
        if self._workspace is not None:
            self._workspace.teardown()
            self._workspace.deleteLater()
            self._workspace = None

    def _remove_action(self) -> None:
        if self._action is None:
            return
        QgsProject.instance().readProject.disconnect(self._restore)
        self._iface.removePluginRasterMenu(MENU, self._action)
        self._iface.removeToolBarIcon(self._action)
        self._iface.unregisterMainWindowAction(self._action)
        self._action.deleteLater()
        self._action = None

    def _end_the_engine(self) -> None:
        from .background import stop_all
        from .gate.session import close_the_gate

        stop_all()
        close_the_gate()

    def _show_panel(self, shown: bool) -> None:
        if self._panel is None:
            self._panel = self._make_panel()
            self._panel.toggleViewAction().toggled.connect(self._follow_panel)
        self._panel.setVisible(shown)
        if shown:
            # Behind another dock's tab it would be shown and yet not seen.
            self._panel.raise_()

    def _follow_panel(self, shown: bool) -> None:
        if self._action is not None:
            self._action.setChecked(shown)

    def _make_panel(self) -> Panel:
        from .panel.dock import Panel
        from .settings import Settings

        panel = Panel(self._iface, self._the_workspace(), Settings())
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
        width = panel.fontMetrics().averageCharWidth() * WIDTH
        self._iface.mainWindow().resizeDocks([panel], [width], Qt.Orientation.Horizontal)
        return panel

    def _the_workspace(self) -> Workspace:
        from .gate.session import the_gate
        from .settings import Settings
        from .workspace import Workspace

        if self._workspace is None:
            self._workspace = Workspace(self._iface, the_gate(), Settings(), self._iface.mainWindow())
            # The project may have been opened before the plugin was switched on.
            self._workspace.restore()
        return self._workspace

    def _restore(self) -> None:
        """Give a project that was saved with an index its search back; others cost nothing."""
        from .layers.remembered import Remembered

        if self._workspace is not None or Remembered(QgsProject.instance()).read() is not None:
            self._the_workspace().restore()
