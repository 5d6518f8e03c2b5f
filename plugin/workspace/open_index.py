"""One open index with what it has on the map."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject

from ...core.engine.messages import HitsAnswer, InfoAnswer, Search, Similar
from ..errors import LayerError
from ..layers.group import AFTER, BEFORE, OUTLINES, IndexGroup
from ..layers.outlines import open_outlines
from ..layers.remembered import Memory
from ..map.flicker import Flicker
from ..map.tiles import Tiles
from ..translation import tr
from .dates_on_map import OpenedDate, give_group_its_dates, show_dates
from .hits_files import HitsFile
from .hits_on_map import HitsOnMap


class OpenIndex(QObject):
    """An index from its opening to its closing; on the GUI's thread only.

    Args:
        project: Whose map shows it.
        info: What the engine said of it, or the project remembers.
        parent: Owner.

    Attributes:
        info: The same.
        tiles: Its grid.
        asked: The last question that was answered.
        hits: The answer.
        on_map: The layer of hits.
        flicker: Between its dates.
    """

    def __init__(self, project: QgsProject, info: InfoAnswer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._group = IndexGroup(project, info)
        self.info = info
        self.tiles = Tiles.of(info)
        self.asked: Search | Similar | None = None
        self.hits: HitsAnswer | None = None
        self.on_map = HitsOnMap(self._group, self)
        self.flicker = Flicker(lambda: self._group.upper(AFTER, BEFORE), self)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return Path(self.info.index)

    @property
    def memory(self) -> Memory:
        """What the project is to remember of it."""
        return Memory(self.info, self.asked, self.hits)

    def show_dates(self, opened: list[OpenedDate]) -> list[LayerError]:
        """Put rasters of its dates on the map; returns what is missing."""
        return show_dates(self._project, self._group, opened)

    def give_dates(self) -> None:
        """Let the temporal controller play the dates that are on the map."""
        give_group_its_dates(self._project, self._group, self.info)

    def show_hits(self, asked: Search | Similar, answer: HitsAnswer, file: HitsFile | None) -> None:
        """Show an answer on the map; `file` is None where there is no hit.

        Raises:
            LayerError: The file cannot be opened.
        """
        if file is None:
            self.on_map.clear()
        else:
            self.on_map.show(file, _title(asked))
        self.asked, self.hits = asked, answer

    def take_hits(self, asked: Search | Similar | None, answer: HitsAnswer, file: HitsFile) -> None:
        """Believe that the map shows an answer, as after a project was opened."""
        self.on_map.filter(None, None)
        self.on_map.take(file)
        self.asked, self.hits = asked, answer

    def outlines_are_there(self, shown: bool) -> bool:
        """Show or hide the outlines where they are on the map already; False where they are not."""
        node = self._group.node(OUTLINES)
        if node is not None:
            node.setItemVisibilityChecked(shown)
        return node is not None

    def add_outlines(self, path: Path) -> None:
        """Put the outlines of all tiles on the map.

        Raises:
            LayerError: The file cannot be opened.
        """
        if not self.outlines_are_there(True):
            self._group.add(open_outlines(path), OUTLINES)

    def close(self) -> None:
        """Let go of the layers, which stay on the map."""
        self.flicker.stop()
        self.on_map.stop_listening()


def _title(asked: Search | Similar) -> str:
    return asked.text if isinstance(asked, Search) else tr("like {}").format(asked.tile_id)
