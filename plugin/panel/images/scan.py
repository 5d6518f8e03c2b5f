"""Which indexes lie about: a look into a few folders that stays quick even where they are huge.

Runs off the GUI thread, because a folder may be on a slow network.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ENDING = ".csx"
_RECORD = "index.json"
# Bounds: entries of one folder, depth below it, seconds for all, bytes of a record, indexes shown.
_MOST_ENTRIES = 2000
_DEPTH = 1
_SECONDS = 2.0
_MOST_BYTES = 4_000_000
_MOST_FOUND = 50

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FoundIndex:
    """An index folder, as far as its record says at a glance.

    Attributes:
        folder: Absolute.
        state: `building` or `complete`.
        tiles: Tiles of the grid.
        dates: Of before and after, ISO 8601, None where unknown.
    """

    folder: str
    state: str
    tiles: int
    dates: tuple[str | None, str | None]

    @property
    def name(self) -> str:
        """The folder's name without its ending."""
        name = Path(self.folder).name
        return name[: -len(_ENDING)] if name.endswith(_ENDING) else name


def find_indexes(
    folders: Iterable[str], recent: Iterable[str], cancelled: Callable[[], bool] = lambda: False
) -> tuple[FoundIndex, ...]:
    """The recent ones first, then those in `folders` and one level below, each once; at most 50.

    Args:
        folders: To look into; what is missing or may not be read is left out.
        recent: Index folders that were used lately.
        cancelled: Asked now and then.
    """
    until = time.monotonic() + _SECONDS
    found: dict[str, FoundIndex] = {}
    for folder in (*map(os.path.abspath, recent), *_candidates(folders)):
        if len(found) >= _MOST_FOUND or time.monotonic() > until or cancelled():
            break
        if folder not in found:
            index = read_record(folder)
            if index is not None:
                found[folder] = index
    return tuple(found.values())


def read_record(folder: str) -> FoundIndex | None:
    """What `index.json` says; None where the folder is no index of ours."""
    path = Path(folder) / _RECORD
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        properties = json.loads(path.read_text(encoding="utf-8"))["properties"]
        return _found(folder, properties)
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.debug("%s is no index: %s", folder, error)
        return None


def _found(folder: str, properties: dict[str, Any]) -> FoundIndex:
    before, after = properties["changeseek:dates"]
    grid = properties["changeseek:grid"]
    tiles = int(grid["rows"]) * int(grid["cols"])
    return FoundIndex(folder, str(properties["changeseek:state"]), tiles, (before, after))


def _candidates(folders: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for folder in folders:
        path = os.path.abspath(folder)
        if folder and path not in seen:
            seen.add(path)
            yield from _index_folders(path, _DEPTH)


def _index_folders(folder: str, depth: int) -> Iterator[str]:
    below = []
    for name in _folders_in(folder):
        path = os.path.join(folder, name)
        if name.endswith(_ENDING):
            yield path
        elif depth and not name.startswith("."):
            below.append(path)
    for path in below:
        yield from _index_folders(path, depth - 1)


def _folders_in(folder: str) -> list[str]:
    names = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST_ENTRIES:
                    break
                if entry.is_dir():
                    names.append(entry.name)
    except OSError as error:
        _log.debug("%s cannot be looked into: %s", folder, error)
    return sorted(names)
