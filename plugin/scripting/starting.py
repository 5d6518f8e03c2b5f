"""The methods that return at once, for scripts that must not wait."""

from __future__ import annotations

from typing import Any

from ...core.engine.messages import DEFAULT_CAPTIONS, DEFAULT_HITS, Search, Similar
from ..gate.engine import EngineGate
from .given import Path, Raster, Tiles, path_of, tile_ids_of
from .question import Question
from .wishes import wish_captions, wish_hits, wish_index


class Starting:
    """Each takes what the method without `start_` takes, but no `progress`; call on the main thread.

    Args:
        gate: To the engine.
    """

    def __init__(self, gate: EngineGate) -> None:
        self._gate = gate

    def start_index(self, before: Raster, after: Raster, directory: Path, **options: Any) -> Question:
        """Begin to build an index; options are those of `index`."""
        return Question(wish_index(before, after, directory, **options), self._gate)

    def start_search(
        self,
        index: Path,
        text: str,
        *,
        mode: str = "change",
        k: int = DEFAULT_HITS,
        without: str = "",
        output: Path = "",
    ) -> Question:
        """Begin to search."""
        request = Search(path_of(index), text.strip(), mode, k, without)
        return Question(wish_hits(request, path_of(output)), self._gate)

    def start_similar(
        self, index: Path, tile_id: str, *, k: int = DEFAULT_HITS, output: Path = ""
    ) -> Question:
        """Begin to look for similar tiles."""
        return Question(wish_hits(Similar(path_of(index), tile_id, k), path_of(output)), self._gate)

    def start_caption(
        self, index: Path, tiles: Tiles, k: int = DEFAULT_CAPTIONS, bank: Path = ""
    ) -> Question:
        """Begin to caption tiles."""
        return Question(wish_captions(path_of(index), tile_ids_of(tiles), k, path_of(bank)), self._gate)
