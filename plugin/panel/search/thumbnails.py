"""Pictures of the rows that are seen: asked for in batches, read off the GUI thread, kept while in use."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QElapsedTimer, QObject, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPixmap

from ....core.engine.messages import Thumbnail, ThumbnailsAnswer
from .image_loader import ImageLoader
from .picture_store import Pictures, PictureStore

MOST_AT_ONCE = 24
# An answer that never comes, such as one dropped with another index, must not hold up those that follow.
SECONDS_UNTIL_ASKED_AGAIN = 20.0


class TilePictures(QObject):
    """Knows what is wanted now; what was wanted before and is not on its way is forgotten.

    Signals:
        asked: A list of tile ids whose pictures should be written.
        arrived: A tile id whose pictures can be drawn now.
    """

    asked = pyqtSignal(object)
    arrived = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = PictureStore()
        self._files: dict[str, Thumbnail] = {}
        self._wanted: tuple[str, ...] = ()
        self._asked_for: tuple[str, ...] = ()
        self._since = QElapsedTimer()
        self._reading: set[str] = set()
        self._loader = ImageLoader(self)
        self._loader.loaded.connect(self._on_loaded)

    def get(self, tile_id: str) -> Pictures | None:
        """Both dates of a tile, None while they are on their way."""
        return self._store.get(tile_id)

    def want(self, tile_ids: Sequence[str]) -> None:
        """These rows are seen now, in this order."""
        self._wanted = tuple(tile_id for tile_id in tile_ids if self._store.get(tile_id) is None)
        for tile_id in self._wanted:
            self._read(tile_id)
        if not self._asked_for or self._waited_long():
            self._ask()

    def take(self, answer: ThumbnailsAnswer) -> None:
        """Files were written."""
        for thumbnail in answer.thumbnails:
            self._files[thumbnail.tile_id] = thumbnail
        # An answer to somebody else's question leaves ours open.
        if {thumbnail.tile_id for thumbnail in answer.thumbnails}.issuperset(self._asked_for):
            self._asked_for = ()
        self.want(self._wanted)

    def give_up(self) -> None:
        """The question failed; the next `want` asks again."""
        self._asked_for = ()

    def clear(self) -> None:
        """Another index: the same tile ids mean other places."""
        self._loader.forget()
        self._store.clear()
        self._files.clear()
        self._reading.clear()
        self._wanted = self._asked_for = ()

    def close(self) -> None:
        """End the reading thread."""
        self._loader.wait()

    def _waited_long(self) -> bool:
        return bool(self._since.elapsed() > SECONDS_UNTIL_ASKED_AGAIN * 1000)

    def _ask(self) -> None:
        missing = tuple(tile_id for tile_id in self._wanted if tile_id not in self._files)
        self._asked_for = missing[:MOST_AT_ONCE]
        if self._asked_for:
            self._since.start()
            self.asked.emit(list(self._asked_for))

    def _read(self, tile_id: str) -> None:
        if tile_id in self._files and tile_id not in self._reading:
            self._reading.add(tile_id)
            self._loader.load(self._files[tile_id])

    def _on_loaded(self, thumbnail: Thumbnail, before: QImage, after: QImage) -> None:
        # A file of an index that has been closed since: its place is another now.
        if self._files.get(thumbnail.tile_id) != thumbnail:
            return
        self._reading.discard(thumbnail.tile_id)
        if before.isNull() or after.isNull():
            # The cache was emptied: the next look at this row asks for it again.
            self._files.pop(thumbnail.tile_id)
            return
        pictures = Pictures(QPixmap.fromImage(before), QPixmap.fromImage(after))
        self._store.put(thumbnail.tile_id, pictures)
        self.arrived.emit(thumbnail.tile_id)
