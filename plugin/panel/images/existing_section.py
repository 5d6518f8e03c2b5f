"""Indexes that are there already: open one instead of building it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...background import Job, run_in_background
from ...errors import PluginError
from ...translation import tr
from ..states import wrapped
from ..words import count
from .scan import FoundIndex, find_indexes

_FOLDER = Qt.ItemDataRole.UserRole
_MOST_ROWS_SHOWN = 4


class ExistingSection(QgsCollapsibleGroupBoxBasic):
    """A list of the indexes near the project and the rasters, and a folder chooser for any other.

    Args:
        places: Gives the folders to look into, and the recent indexes; called on the GUI thread.
        parent: Owner.
    """

    opened = pyqtSignal(str)

    def __init__(
        self, places: Callable[[], tuple[list[str], list[str]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Open an index"), parent)
        self.setObjectName("changeseek_existing")
        self._places = places
        self._job: Job | None = None
        self._list = _index_list()
        self._hint = wrapped(tr("No index is near yet. Build one below, or choose its folder."))
        self._open = QPushButton(tr("Open"))
        self._open.setObjectName("changeseek_open_index")
        self._open.setToolTip(tr("Open the chosen index and put its two dates on the map"))
        self._choose = QPushButton(tr("Choose folder…"))
        self._choose.setObjectName("changeseek_choose_index")
        self._choose.setToolTip(
            tr("Choose an index folder; its name ends with .csx. Dropping one on the panel works too")
        )
        self._lay_out()
        self._connect()
        self._show([])

    def refresh(self) -> None:
        """Look again, off the GUI thread; what is shown stays until the look has ended."""
        if self._job is not None:
            self._job.forget()
        folders, recent = self._places()
        self._job = run_in_background(
            tr("Look for indexes"),
            lambda report: find_indexes(folders, recent, report.cancelled),
            done=self._show,
            failed=self._say,
        )

    def stop(self) -> None:
        """Wait for nothing any more."""
        if self._job is not None:
            self._job.forget()
            self._job = None

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(self._choose)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addWidget(self._list)
        rows.addWidget(self._hint)
        rows.addLayout(buttons)

    def _connect(self) -> None:
        self._list.itemActivated.connect(self._open_item)
        self._list.currentRowChanged.connect(lambda row: self._open.setEnabled(row >= 0))
        self._open.clicked.connect(lambda: self._open_item(self._list.currentItem()))
        self._choose.clicked.connect(self._ask_for_folder)

    def _show(self, found: Sequence[FoundIndex]) -> None:
        chosen = self._list.currentItem().data(_FOLDER) if self._list.currentItem() else None
        self._list.clear()
        names = [index.name for index in found]
        for index in found:
            self._list.addItem(_item(index, twice=names.count(index.name) > 1))
        folders = [index.folder for index in found]
        self._list.setCurrentRow(folders.index(chosen) if chosen in folders else 0)
        self._list.setVisible(bool(found))
        self._hint.setVisible(not found)
        self._open.setVisible(bool(found))
        self._open.setEnabled(self._list.currentRow() >= 0)
        if found:
            rows = min(len(found), _MOST_ROWS_SHOWN)
            self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 2 * self._list.frameWidth())

    def _say(self, error: PluginError) -> None:
        self._hint.setText(str(error))

    def _open_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.opened.emit(item.data(_FOLDER))

    def _ask_for_folder(self) -> None:
        start = next(iter(self._places()[0]), "")
        folder = QFileDialog.getExistingDirectory(self, tr("Open an index"), start)
        if folder:
            self.opened.emit(folder)


def _index_list() -> QListWidget:
    shown = QListWidget()
    shown.setObjectName("changeseek_indexes")
    shown.setAccessibleName(tr("Indexes"))
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    shown.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    shown.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    shown.setAlternatingRowColors(True)
    return shown


def _item(index: FoundIndex, twice: bool) -> QListWidgetItem:
    """A row; `twice` where another index has the same name, and the folder around it must tell them apart."""
    unknown = tr("date unknown")
    dates = f"{index.dates[0] or unknown} – {index.dates[1] or unknown}"
    tiles = tr("{} tiles").format(count(index.tiles))
    state = "" if index.state == "complete" else tr(", not finished")
    name = f"{index.name} ({Path(index.folder).parent.name})" if twice else index.name
    item = QListWidgetItem(f"{name}\n{dates}, {tiles}{state}")
    item.setData(_FOLDER, index.folder)
    item.setToolTip(index.folder)
    return item
