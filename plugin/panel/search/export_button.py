"""Writes the hits to a file that other programs read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from ...translation import tr
from .icons import panel_icon

# Parent, title, proposed path, a filter of names -> a path, empty where people thought better of it.
ChooseFile = Callable[[QWidget, str, str, str], str]


@dataclass(frozen=True)
class Format:
    """A format that hits are written in, by its driver's name in GDAL."""

    driver: str
    title: str
    suffix: str


FORMATS = (
    Format("GPKG", "GeoPackage", ".gpkg"),
    Format("GeoJSON", "GeoJSON", ".geojson"),
    Format("CSV", "CSV", ".csv"),
)


def choose_by_dialog(parent: QWidget, title: str, proposed: str, names: str) -> str:
    """Ask for a file's name by the system's dialog."""
    return str(QFileDialog.getSaveFileName(parent, title, proposed, names)[0])


class ExportButton(QToolButton):
    """A menu of formats.

    Signals:
        chosen: Path and driver.

    Attributes:
        choose_file: Asks for the path.
    """

    chosen = pyqtSignal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose_file: ChooseFile = choose_by_dialog
        self._proposed = Path("hits")
        self.setObjectName("changeseek_export")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(tr("Write the listed hits to a file"))
        self.setAccessibleName(tr("Export"))
        menu = QMenu(self)
        menu.setObjectName("changeseek_export_menu")
        for kind in FORMATS:
            action = menu.addAction(f"{kind.title} …")
            action.setObjectName(f"changeseek_export_{kind.driver.lower()}")
            action.triggered.connect(lambda _=False, kind=kind: self._choose(kind))
        self.setMenu(menu)
        self._draw_icon()

    def propose(self, folder: Path, query: str) -> None:
        """Offer a file in `folder` that is named after the query."""
        words = re.sub(r"[^\w]+", "-", query.lower()).strip("-")[:60]
        self._proposed = folder / (words or "hits")

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self.setIcon(panel_icon("export", self.palette()))

    def _choose(self, kind: Format) -> None:
        proposed = f"{self._proposed}{kind.suffix}"
        names = f"{kind.title} (*{kind.suffix})"
        path = self.choose_file(self, tr("Export hits"), proposed, names)
        if path:
            self.chosen.emit(path if Path(path).suffix else f"{path}{kind.suffix}", kind.driver)
