"""Where the index goes: beside the later raster, or with the project, until the user chooses."""

from __future__ import annotations

import os
import re
from pathlib import Path

from qgis.core import QgsProject
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QWidget

from ...translation import tr

ENDING = ".csx"
# Names that say which date a file is and not of what place; the folder says that better.
_DATES_ONLY = re.compile(r"(after|post|later|new|late|date|image|img|time|t|b)?[-_ ]?\d*", re.IGNORECASE)


class DestinationSection(QWidget):
    """The index folder, with a name suggested for it."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggested = ""
        self._field = QgsFileWidget(self)
        self._field.setObjectName("changeseek_folder")
        self._field.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self._field.setDialogTitle(tr("Folder of the index"))
        self._field.lineEdit().setObjectName("changeseek_folder_text")
        self._field.lineEdit().setPlaceholderText(tr("chosen with the rasters"))
        self._field.lineEdit().setAccessibleName(tr("Index folder"))
        self._field.setToolTip(
            tr(
                "The folder that will hold the index: its name ends with .csx. An index that was begun there "
                "goes on"
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field)
        self.setFocusProxy(self._field)
        self._field.fileChanged.connect(self._changed)

    @property
    def folder(self) -> str:
        """The folder as it stands there, `~` opened out; empty where none is chosen."""
        text = str(self._field.filePath()).strip()
        return os.path.abspath(os.path.expanduser(text)) if text else ""

    def suggest(self, after: str) -> None:
        """Offer a folder for this later raster, unless the user has chosen one."""
        own = self.folder not in ("", self._suggested)
        if own:
            return
        self._suggested = suggested_folder(after, str(QgsProject.instance().homePath())) if after else ""
        blocked = self._field.blockSignals(True)
        self._field.setFilePath(self._suggested)
        self._field.blockSignals(blocked)

    def choose(self, folder: str) -> None:
        """Show this folder, as if the user had chosen it."""
        self._field.setFilePath(folder)

    def take_another_name(self) -> None:
        """Count on to a name that is free."""
        self._suggested = free_folder(self.folder)
        self._field.setFilePath(self._suggested)

    def _changed(self) -> None:
        self._field.lineEdit().setToolTip(self.folder)
        self.changed.emit()


def suggested_folder(after: str, project_home: str) -> str:
    """`NAME.csx` beside the raster where one may write there, else with the project, else at home."""
    path = Path(after)
    name = re.sub(r"[^\w.-]+", "-", _place(path)).strip("-.") or "changes"
    folders = (path.parent if path.is_file() else None, Path(project_home) if project_home else None)
    for folder in folders:
        if folder is not None and os.access(folder, os.W_OK):
            return str(folder / f"{name}{ENDING}")
    return str(Path.home() / f"{name}{ENDING}")


def _place(raster: Path) -> str:
    return raster.parent.name if _DATES_ONLY.fullmatch(raster.stem) else raster.stem


def free_folder(folder: str) -> str:
    """The same name with the next number that is free: `town-2.csx`."""
    path = Path(folder)
    name = path.name[: -len(ENDING)] if path.name.endswith(ENDING) else path.name
    # `town-2` counts on to `town-3`, but what ends `town-2020` is no counter.
    counted = re.sub(r"-\d+$", "", name)
    base = counted if (path.parent / f"{counted}{ENDING}").exists() else name
    number = 2
    while (path.parent / f"{base}-{number}{ENDING}").exists():
        number += 1
    return str(path.parent / f"{base}-{number}{ENDING}")
