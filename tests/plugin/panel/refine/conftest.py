"""The Refine tab over a workspace that only notes what it is asked, with an index and a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from changeseek.core.engine.messages import (
    Conflict,
    Counts,
    LoggedAnswer,
    Proposal,
    ProposalsAnswer,
    Search,
    ShownTile,
)
from changeseek.plugin.panel.refine_tab import RefineTab


class Log:
    """Answers as the engine would, one line an answer."""

    def __init__(self, workspace: Any) -> None:
        self._workspace = workspace
        self.revision = 0

    def counts(self, **counts: Any) -> Counts:
        none = dict.fromkeys(
            (
                "similar",
                "dissimilar",
                "skipped",
                "kept",
                "rejected",
                "inferred_similar",
                "inferred_dissimilar",
            ),
            0,
        )
        return Counts(
            **{**none, "annotators": ("me",), "damaged_lines": (), "revision": self.revision, **counts}
        )

    def propose(self, pairs: Sequence[tuple[str, str]]) -> None:
        told = tuple(
            Proposal(_tile(first), _tile(second), 0.5, 1.0, f"close to the threshold: {second}")
            for first, second in pairs
        )
        self._workspace.pairsProposed.emit(ProposalsAnswer(self.counts(), told))

    def write(self, conflicts: tuple[Conflict, ...] = ()) -> None:
        self.revision += 1
        self._workspace.answerWritten.emit(
            LoggedAnswer(f"id-{self.revision}", self.counts(similar=self.revision), conflicts)
        )


def _tile(tile_id: str) -> ShownTile:
    return ShownTile(tile_id, (0.0, 0.0, 1.0, 1.0), "EPSG:32633")


def pairs_of(first: int, last: int) -> list[tuple[str, str]]:
    """Pairs of other tiles each, by their numbers."""
    return [("r000c000", f"r001c{number:03d}") for number in range(first, last)]


@pytest.fixture
def log(workspace: Any) -> Log:
    return Log(workspace)


@pytest.fixture
def tab(shown: Any, workspace: Any, settings: Any) -> Iterator[RefineTab]:
    tab = shown(RefineTab(workspace, settings))
    yield tab
    tab.stop()


@pytest.fixture
def search(workspace: Any, info: Any) -> Callable[[str], None]:
    """Lets the workspace have answered a search of an open index."""

    def answer(text: str = "houses were built") -> None:
        if workspace.index is None:
            workspace.open(info)
        workspace.question = Search(info.index, text, k=100)
        workspace.hitsFound.emit(None)

    return answer
