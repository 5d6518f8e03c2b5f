"""What a project remembers of ChangeSeek, so that it is all there again when the project is opened.

Without the engine: what the map needs of an index is kept in the project, paths relative where it keeps
its own paths relative.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from typing import Any

from qgis.core import QgsProject

from ...core.engine.messages import HitsAnswer, InfoAnswer, Search, Similar, from_json, to_json

_SCOPE = "ChangeSeek"
_INDEX = "index/info"
_ASKED = "search/asked"
_ANSWER = "search/answer"


@dataclass(frozen=True)
class Memory:
    """What was on the map.

    Attributes:
        index: The index that was open; its folder may have gone since.
        asked: The last question, None before the first.
        answer: Its answer without the hits, which the layer of hits has.
    """

    index: InfoAnswer
    asked: Search | Similar | None = None
    answer: HitsAnswer | None = None


class Remembered:
    """The project's entries of ChangeSeek.

    Args:
        project: On the main thread only.
    """

    def __init__(self, project: QgsProject) -> None:
        self._project = project

    def write(self, memory: Memory) -> None:
        """Remember; to be repeated while the project is saved, for only then relative paths are known."""
        self._write(_INDEX, to_json(_with_paths(memory.index, self._project.writePath)))
        if memory.asked is not None and memory.answer is not None:
            asked = replace(memory.asked, index="")
            self._write(_ASKED, {"method": asked.method, **to_json(asked)})
            self._write(_ANSWER, to_json(replace(memory.answer, hits=())))
        else:
            self._project.removeEntry(_SCOPE, _ASKED)
            self._project.removeEntry(_SCOPE, _ANSWER)

    def read(self) -> Memory | None:
        """What the project remembers; None where it remembers nothing, or not in a form of this version."""
        try:
            info = from_json(InfoAnswer, self._read(_INDEX))
            index = _with_paths(info, self._project.readPath)
            answer = from_json(HitsAnswer, self._read(_ANSWER)) if self._has(_ANSWER) else None
            return Memory(index, self._asked(index.index), answer)
        except (TypeError, ValueError, KeyError):
            return None

    def forget(self) -> None:
        """Remember no index and no question any more."""
        for key in (_INDEX, _ASKED, _ANSWER):
            self._project.removeEntry(_SCOPE, key)

    def _asked(self, index: str) -> Search | Similar | None:
        if not self._has(_ASKED):
            return None
        document = {**self._read(_ASKED), "index": index}
        kind = {Search.method: Search, Similar.method: Similar}[document.pop("method")]
        return from_json(kind, document)

    def _has(self, key: str) -> bool:
        return bool(self._project.readEntry(_SCOPE, key)[0])

    def _read(self, key: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self._project.readEntry(_SCOPE, key)[0])
        return document

    def _write(self, key: str, document: dict[str, Any]) -> None:
        text = json.dumps(document)
        # Writing what is there already would mark the project as changed.
        if self._project.readEntry(_SCOPE, key)[0] != text:
            self._project.writeEntry(_SCOPE, key, text)


def _with_paths(info: InfoAnswer, convert: Any) -> InfoAnswer:
    """The index and its sources under other names; what is no path stays."""
    before, after = (
        replace(source, path=convert(source.path) if _is_path(source.path) else source.path)
        for source in (info.before, info.after)
    )
    return replace(info, index=convert(info.index), before=before, after=after)


def _is_path(source: str) -> bool:
    return os.path.isabs(source) or source.startswith(("./", "../"))
