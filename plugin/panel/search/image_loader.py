"""Reads picture files off the GUI thread: an index may lie on a slow disk."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal
from qgis.PyQt.QtGui import QImage

from ....core.engine.messages import Thumbnail


class _Emitter(QObject):
    """Held by each task, so that a task that outlives the panel still has somebody to tell."""

    loaded = pyqtSignal(object, QImage, QImage)


class _Task(QRunnable):
    def __init__(self, thumbnail: Thumbnail, emitter: _Emitter) -> None:
        super().__init__()
        self._thumbnail = thumbnail
        self._emitter = emitter

    def run(self) -> None:
        before, after = QImage(self._thumbnail.before), QImage(self._thumbnail.after)
        self._emitter.loaded.emit(self._thumbnail, before, after)


class ImageLoader(QObject):
    """One thread that reads the two pictures of a tile.

    Signals:
        loaded: The thumbnail and its two images; null images where a file cannot be read.
    """

    loaded = pyqtSignal(object, QImage, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._emitter = _Emitter()
        self._emitter.loaded.connect(self.loaded)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        # The pool's destructor would wait for a task that waits for Python, which whoever deletes may hold.
        self.destroyed.connect(partial(_finish, self._pool))

    def load(self, thumbnail: Thumbnail) -> None:
        """Read later; the answer is the signal."""
        self._pool.start(_Task(thumbnail, self._emitter))

    def forget(self) -> None:
        """Read nothing that has not begun."""
        self._pool.clear()

    def wait(self) -> None:
        """Until nothing runs; for the end."""
        _finish(self._pool)


def _finish(pool: QThreadPool, *_: object) -> None:
    pool.clear()
    pool.waitForDone()
