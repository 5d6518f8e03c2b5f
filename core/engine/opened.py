"""What the engine keeps open between two questions: indexes, rasters, models, sentences.

Each is known by what it is made of, so that a file that is replaced meanwhile is seen.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Hashable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from weakref import WeakSet

from changeseek.core.engine.loaded import LoadedModels
from changeseek.core.engine.messages.building import PairParameters
from changeseek.core.engine.pairs import PairOpener
from changeseek.core.engine.remembered import Remembered, stamp

if TYPE_CHECKING:
    from changeseek.core.anneal.session import FeedbackSession
    from changeseek.core.captions.bank import CaptionBank
    from changeseek.core.index.store import Index
    from changeseek.core.model.interface import PairModel
    from changeseek.core.raster.pair import RasterPair
    from changeseek.core.tiling.grid import TileGrid

_log = logging.getLogger(__name__)

# An index of 100,000 tiles takes 300 MB.
_INDEXES = 2
_MOST = 4
# Looking at the rasters of an index takes long where they lie far away.
_SECONDS_BETWEEN_LOOKS = 60


class Opened:
    """What somebody asked for; for both lanes.

    Attributes:
        models: Models and their measures.
    """

    def __init__(self) -> None:
        self.models = LoadedModels()
        self._indexes: Remembered[Index] = Remembered(_INDEXES)
        self._notes: Remembered[tuple[str, ...]] = Remembered(_MOST)
        self._pairs: Remembered[RasterPair] = Remembered(_MOST)
        self._sources: Remembered[tuple[RasterPair, TileGrid]] = Remembered(_MOST)
        self._banks: Remembered[CaptionBank] = Remembered(_MOST)
        self._feedback: Remembered[FeedbackSession] = Remembered(_INDEXES)
        self._prepared: WeakSet[Index] = WeakSet()

    def warm_up(self) -> None:
        """Open what every question needs.

        Raises:
            UnknownModelError: The model that comes with the product is not here.
        """
        from changeseek.core.index import parts, search  # noqa: F401 - so that they are imported
        from changeseek.core.index.text_model import TEXT_DEVICE

        self.models.get("", TEXT_DEVICE).embed_text(["a first sentence"], "change")
        # What the libraries made stays as long as the process: looking through it again and again for what
        # can be thrown away would delay answers of thousands of hits.
        gc.collect()
        gc.freeze()

    def index(self, directory: str) -> Index:
        """A finished index.

        Raises:
            IndexFolderError: The folder is not an index, not finished, or damaged.
        """
        from changeseek.core.index.store import open_index

        folder = Path(directory).absolute()
        return self._indexes.get(_key(folder), lambda: open_index(folder))

    def feedback(self, index: Index) -> FeedbackSession:
        """The answers to an index, and what they have taught."""
        from changeseek.core.anneal.session import FeedbackSession

        return self._feedback.get(_key(index.directory), lambda: FeedbackSession(index))

    def prepare(self, index: Index) -> None:
        """Get ready for what is asked of an index next, in a thread of its own; returns at once.

        Once each time that it is opened. From one lane only.
        """
        if index not in self._prepared:
            self._prepared.add(index)
            Thread(target=self._prepare, args=(index,), name="changeseek-preparing", daemon=True).start()

    def notes(self, index: Index) -> tuple[str, ...]:
        """What the asker of an index should know, as it was at most a minute ago."""
        from changeseek.core.index.freshness import freshness_notes

        key = (_key(index.directory), int(time.monotonic() / _SECONDS_BETWEEN_LOOKS))
        return self._notes.get(key, lambda: freshness_notes(index.record))

    def text_model(self, index: Index) -> PairModel:
        """The model that an index was built with, for its texts.

        Raises:
            UnknownModelError: It is not here, or has other weights or sizes by now.
        """
        from changeseek.core.index.text_model import text_model

        return text_model(index.record.model, self.models.get)

    def pair(self, parameters: PairParameters) -> RasterPair:
        """The two rasters of a request on one grid.

        Raises:
            BadInputError: One of its subclasses, named for what is wrong.
        """
        opener = PairOpener(parameters)
        return self._pairs.get(opener.key, opener.open)

    def sources(self, directory: str) -> tuple[RasterPair, TileGrid]:
        """The rasters of an index, finished or not, and its tiles.

        Raises:
            IndexFolderError: The folder is not an index.
            BadInputError: A raster has gone, or cannot be read any more.
        """
        from changeseek.core.index.sources import open_sources
        from changeseek.core.index.store import read_record

        folder = Path(directory).absolute()
        record = read_record(folder)
        rasters = [stamp(Path(source.path)) for source in (record.before, record.after)]
        return self._sources.get((_key(folder), *rasters), lambda: open_sources(record))

    def bank(self, path: Path | None, index: Index) -> CaptionBank:
        """Sentences, embedded by the model of an index so that ranking them is quick; None for our own.

        Raises:
            CaptionBankError: The file cannot be read as text, or holds no sentence.
            UnknownModelError: The model of the index is not here.
        """
        from changeseek.core.captions.bank import read_bank
        from changeseek.core.captions.embedded import embed_bank

        def prepare() -> CaptionBank:
            bank = read_bank(path)
            # Into the files from which the ranking reads it back.
            embed_bank(bank, self.text_model(index), index.vectors("change"))
            return bank

        key = (path, path and stamp(path), index.record.model.sha256)
        return self._banks.get(key, prepare)

    def _prepare(self, index: Index) -> None:
        """Bring the vectors that the first question did not need into memory, and embed our sentences."""
        from changeseek.core.errors import ChangeSeekError
        from changeseek.core.model.threads import use_one_core

        use_one_core()
        try:
            index.vectors("after")
            index.vectors("before")
            self.bank(None, index)
        # Whoever asks for it will be told what is wrong.
        except (ChangeSeekError, OSError) as error:
            _log.warning("not prepared: %s", error)


def _key(folder: Path) -> Hashable:
    """Changes when an index is replaced by another."""
    from changeseek.core.index.layout import manifest_path

    return folder, stamp(manifest_path(folder))
