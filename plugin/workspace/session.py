"""One index open at a time: opened, restored with the project, remembered by it, closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...core.engine.messages import HitsAnswer, InfoAnswer, Search, Similar
from ..errors import LayerError
from ..gate.engine import EngineGate
from ..layers.remembered import Memory, Remembered
from ..map.tiles import Tiles
from ..settings import Settings
from ..translation import tr
from . import jobs
from .dates_on_map import OpenedDate
from .hits_files import HitsFile, load_hits
from .open_index import OpenIndex
from .questions import Questions
from .view import View
from .writing import WRITE

# These go on while another index is opened, or another project.
_OF_NO_INDEX = ("plan", "build", "models", "status", "vocabulary", "hello", "export", WRITE)


class IndexSession(Questions):
    """Follows the project: what it remembers can be taken up when it is opened, without starting an engine.

    Args:
        iface: The running QGIS.
        gate: To the engine.
        settings: Where recent indexes are noted.
        parent: Owner.

    Signals:
        indexOpened: An InfoAnswer.
        indexClosed: No index is open any more.
        hitsFound: A HitsAnswer, which is on the map already.
        tileChosen: Another tile was chosen, in the panel or on the map.
        picking: Whether a click on the map picks a tile.
        failed: Besides those of Questions "open" and "search".
    """

    indexOpened = pyqtSignal(object)  # noqa: N815 - as Qt names signals, here and below
    indexClosed = pyqtSignal()  # noqa: N815
    hitsFound = pyqtSignal(object)  # noqa: N815
    tileChosen = pyqtSignal(str)  # noqa: N815
    picking = pyqtSignal(bool)

    def __init__(
        self, iface: QgisInterface, gate: EngineGate, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(gate, parent)
        self._settings = settings
        self._project = QgsProject.instance()
        self._view = View(iface.mapCanvas(), self)
        self._open: OpenIndex | None = None
        # Its dates are coming onto the map.
        self._opening: OpenIndex | None = None
        self._chosen = ""
        self._view.picked.connect(self._choose_where_it_is)
        self._view.picking.connect(self.picking)
        self._project.writeProject.connect(self._remember)
        self._project.cleared.connect(self._on_cleared)

    @property
    def index(self) -> InfoAnswer | None:
        """The open index."""
        return None if self._open is None else self._open.info

    @property
    def tiles(self) -> Tiles | None:
        """The open index's grid."""
        return None if self._open is None else self._open.tiles

    @property
    def hits(self) -> HitsAnswer | None:
        """The last answer to a search."""
        return None if self._open is None else self._open.hits

    @property
    def hits_layer(self) -> QgsVectorLayer | None:
        """The layer of hits on the map."""
        return None if self._open is None else self._open.on_map.layer

    @property
    def tile(self) -> str:
        """The chosen tile's id; empty where none is chosen."""
        return self._chosen

    def open_index(self, folder: str | Path) -> None:
        """Open an index folder and show its dates on the map."""
        self._asking.run(
            "open", lambda report: jobs.look_at_index(self._asking, str(folder), report), self._on_opened
        )

    def close_index(self) -> None:
        """Work on no index any more; its layers stay on the map."""
        if self._open is not None:
            self._leave()
            Remembered(self._project).forget()
            self.indexClosed.emit()

    def choose_tile(self, tile_id: str, centre: bool = True) -> None:
        """Outline a tile, select its hit, move the map there where `centre`; a tile of no grid is ignored."""
        if self._open is None or not self._open.tiles.has(tile_id):
            return
        another, self._chosen = tile_id != self._chosen, tile_id
        self._view.outline(tile_id)
        self._open.on_map.select(tile_id)
        if centre:
            self._view.centre_on(tile_id)
        if another:
            self.tileChosen.emit(tile_id)

    def restore(self) -> None:
        """Take up what the project remembers; the engine is not started for it."""
        memory = Remembered(self._project).read()
        if memory is None or memory.index == self.index:
            return
        opened = OpenIndex(self._project, memory.index, self)
        self._enter(opened)
        self.indexOpened.emit(opened.info)
        if not opened.folder.is_dir():
            self.failed.emit("open", _moved(opened))
        self._restore_hits(opened, memory)

    def teardown(self) -> None:
        """Let go of the project, the map and all that is under way."""
        self._project.writeProject.disconnect(self._remember)
        self._project.cleared.disconnect(self._on_cleared)
        self._leave()
        self._asking.drop_all()
        self._view.remove()

    def _on_opened(self, looked: tuple[InfoAnswer, list[OpenedDate]]) -> None:
        info, dates = looked
        again = self._open if self._open is not None and info == self._open.info else None
        self._opening = again or OpenIndex(self._project, info, self)
        self._show_dates(self._opening, dates, not self._project.mapLayers(), [])

    def _show_dates(
        self, opened: OpenIndex, dates: list[OpenedDate], was_empty: bool, missing: list[LayerError]
    ) -> None:
        """Put one raster on the map at a time, so that QGIS draws and hears its user in between."""
        if self._opening is not opened:
            return  # the project has gone, or another index comes
        if not dates:
            self._have_opened(opened, was_empty, missing)
            return
        missing = [*missing, *opened.show_dates(dates[:1])]
        # A pause of nothing is none: Qt would go on before it looks at anything else.
        QTimer.singleShot(1, lambda: self._show_dates(opened, dates[1:], was_empty, missing))

    def _have_opened(self, opened: OpenIndex, was_empty: bool, missing: list[LayerError]) -> None:
        self._opening = None
        if opened is not self._open:
            self._enter(opened)
        opened.give_dates()
        self._show_all(was_empty)
        if was_empty:
            # For its first layer QGIS changes the map's CRS and extent a moment later, to those of the layer.
            QTimer.singleShot(0, self._show_all_of_new_project)
        self._settings.add_recent(opened.info.index)
        self._remember()
        self.indexOpened.emit(opened.info)
        for error in missing:
            self.failed.emit("open", error)

    def _show_all_of_new_project(self) -> None:
        self._show_all(True)

    def _show_all(self, in_its_crs: bool) -> None:
        if self._open is not None and in_its_crs:
            self._project.setCrs(self._open.tiles.reference_system, True)
        self._view.zoom_to_all()

    def _choose_where_it_is(self, tile_id: str) -> None:
        """A tile that was clicked is in sight already."""
        self.choose_tile(tile_id, centre=False)

    def _restore_hits(self, opened: OpenIndex, memory: Memory) -> None:
        layer, answer, asked = opened.on_map.layer, memory.answer, memory.asked
        if layer is None or answer is None:
            return
        path = Path(str(layer.source()).partition("|")[0])
        self._asking.run(
            "search",
            lambda _: load_hits(path, answer),
            lambda loaded: self._on_restored(opened, asked, *loaded),
        )

    def _on_restored(
        self, opened: OpenIndex, asked: Search | Similar | None, file: HitsFile, answer: HitsAnswer
    ) -> None:
        opened.take_hits(asked, answer, file)
        self.hitsFound.emit(answer)

    def _enter(self, opened: OpenIndex) -> None:
        self._leave()
        self._open = opened
        opened.on_map.selected.connect(self._choose_where_it_is)
        self._view.set_tiles(opened.tiles)

    def _leave(self) -> None:
        self._asking.drop_all(but=_OF_NO_INDEX)
        if self._open is not None:
            self._open.close()
            self._open.deleteLater()
        self._open, self._opening, self._chosen = None, None, ""
        self._view.set_tiles(None)

    def _remember(self, *_: Any) -> None:
        if self._open is not None:
            Remembered(self._project).write(self._open.memory)

    def _on_cleared(self) -> None:
        # What was to be shown in this project is not to appear in the next.
        self._asking.drop("open")
        self._opening = None
        if self._open is not None:
            self._leave()
            self.indexClosed.emit()


def _moved(opened: OpenIndex) -> LayerError:
    return LayerError(
        tr("the index {} is not where the project remembers it").format(opened.folder),
        tr("Open it from where it is now"),
    )
