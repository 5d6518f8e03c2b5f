"""What the plugin remembers between sessions, in QGIS's own settings; each value has its type here."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from qgis.core import QgsSettings

from ..core.engine.messages import DEFAULT_TILE

_GROUP = "changeseek/"
_MOST_QUERIES = 50
_MOST_INDEXES = 20

T = TypeVar("T")


class _Stored(Generic[T]):
    """One value under `changeseek/`; what cannot be read as its type counts as not set."""

    def __init__(self, key: str, default: T) -> None:
        self._key = _GROUP + key
        self._default = default

    def __get__(self, settings: Settings, owner: type[Settings]) -> T:
        try:
            value: T = settings.store().value(self._key, self._default, type=type(self._default))
            return value
        except TypeError:
            return self._default

    def __set__(self, settings: Settings, value: T) -> None:
        settings.store().setValue(self._key, value)


class Settings:
    """The plugin's values in a QGIS profile.

    Each access opens the store anew, which takes some microseconds, so that any thread may ask: one store
    belongs to one thread.

    Args:
        store: Opens where the values are kept; another than QGIS's own for tests.

    Attributes:
        python: Python of the engine's environment; empty looks for `.venv` beside the plugin.
        device: auto, cpu or cuda.
        model: Name or folder; empty takes the embedded one.
        tile: Side of a tile in pixels.
        mode: Of the last search: change, after or before.
        k: Most hits to show.
        last_folder: Where a file dialog starts; empty where there was none yet.
        panel_tab: The tab that was in front.
        flicker_seconds: How long each date is shown while the dates flicker.
    """

    python = _Stored("python", "")
    device = _Stored("device", "auto")
    model = _Stored("model", "")
    tile = _Stored("tile", DEFAULT_TILE)
    mode = _Stored("mode", "change")
    k = _Stored("k", 100)
    last_folder = _Stored("last_folder", "")
    panel_tab = _Stored("panel_tab", 0)
    flicker_seconds = _Stored("flicker_seconds", 0.7)
    _stride = _Stored("stride", 0)
    # As JSON: QSettings' own ini file cannot tell an empty list from none, nor one entry from a text.
    _queries = _Stored("queries", "[]")
    _recent_indexes = _Stored("recent_indexes", "[]")

    def __init__(self, store: Callable[[], Any] = QgsSettings) -> None:
        self.store = store

    @property
    def stride(self) -> int | None:
        """Step between tiles in pixels; None is the tile size."""
        return self._stride or None

    @stride.setter
    def stride(self, pixels: int | None) -> None:
        self._stride = pixels or 0

    @property
    def queries(self) -> list[str]:
        """Texts that were searched for, newest first, each once, at most 50."""
        return _texts(self._queries)

    def add_query(self, text: str) -> None:
        """Remember a text as the newest; one of blanks only is left out."""
        if text.strip():
            self._queries = _with_newest(text.strip(), self.queries, _MOST_QUERIES)

    def forget_queries(self) -> None:
        """Remember none of the texts any longer."""
        self._queries = "[]"

    @property
    def recent_indexes(self) -> list[str]:
        """Index folders that were built or opened, newest first, each once, at most 20; some may be gone."""
        return _texts(self._recent_indexes)

    def add_recent(self, folder: str) -> None:
        """Remember an index folder as the newest."""
        self._recent_indexes = _with_newest(folder, self.recent_indexes, _MOST_INDEXES)

    def drop_recent(self, folder: str) -> None:
        """Forget an index folder, because it is gone."""
        self._recent_indexes = json.dumps([known for known in self.recent_indexes if known != folder])


def _texts(stored: str) -> list[str]:
    try:
        texts = json.loads(stored)
    except ValueError:
        return []
    return [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []


def _with_newest(text: str, others: list[str], most: int) -> str:
    return json.dumps([text, *(other for other in others if other != text)][:most])
