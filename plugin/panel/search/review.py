"""Going through the hits: one command at a time, with the last marks to take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .hit_model import KEPT, REJECTED, UNMARKED

if TYPE_CHECKING:
    from ...workspace import Workspace
    from .results import Results


@dataclass(frozen=True)
class _Mark:
    tile_id: str
    before: str


class Review:
    """Does what commands.py names.

    Args:
        workspace: Keeps the marks, moves the map.
        results: The list that is gone through.
        more_like: Asks for tiles like one tile.
        captions: Asks for the captions of a tile.
        query: Goes back to the query.
    """

    def __init__(
        self,
        workspace: Workspace,
        results: Results,
        more_like: Callable[[str], None],
        captions: Callable[[str], None],
        query: Callable[[], None],
    ) -> None:
        self._workspace = workspace
        self._results = results
        self._marks: list[_Mark] = []
        with_hit = self._with_hit
        self._deeds: dict[str, Callable[[], None]] = {
            "next": lambda: results.list.step(1),
            "previous": lambda: results.list.step(-1),
            "flicker": workspace.flicker_step,
            "keep": with_hit(lambda tile_id: self._mark(tile_id, KEPT)),
            "reject": with_hit(lambda tile_id: self._mark(tile_id, REJECTED)),
            "undo": self._undo,
            "captions": with_hit(captions),
            "similar": with_hit(more_like),
            "query": query,
        }

    def do(self, command: str) -> None:
        """Do the command of that name; nothing where it needs a hit and none is current."""
        self._deeds[command]()

    def begin(self) -> None:
        """Another list: marks of the last one are not taken back from here."""
        self._marks.clear()

    def _with_hit(self, deed: Callable[[str], None]) -> Callable[[], None]:
        def do() -> None:
            tile_id = self._results.list.tile_id
            if tile_id is not None:
                deed(tile_id)

        return do

    def _mark(self, tile_id: str, verdict: str) -> None:
        before = self._workspace.verdict(tile_id)
        self._say(tile_id, verdict)
        # Where it could not be written, whoever goes on would believe that it was.
        if self._workspace.verdict(tile_id) == verdict:
            self._marks.append(_Mark(tile_id, before))
            self._results.list.step(1)

    def _undo(self) -> None:
        """Take the last mark back and return to its hit; with none left, unmark the current hit."""
        if self._marks:
            mark = self._marks.pop()
            self._say(mark.tile_id, mark.before)
            self._results.list.go_to(mark.tile_id)
        elif self._results.list.tile_id is not None:
            self._say(self._results.list.tile_id, UNMARKED)

    def _say(self, tile_id: str, verdict: str) -> None:
        self._workspace.mark(tile_id, verdict)
        self._results.verdict_changed(tile_id)
