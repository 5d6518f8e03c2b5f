"""A workspace without an engine, for what widgets show; the flow as a whole is tested with the real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QObject, QSettings, pyqtSignal

from changeseek.core.engine.messages import (
    Histogram,
    Hit,
    HitsAnswer,
    InfoAnswer,
    Source,
    VocabularyAnswer,
)
from changeseek.plugin.panel.search_tab import SearchTab
from changeseek.plugin.settings import Settings

TILES = 1000


def make_answer(hits: int = 100, tiles: int = TILES, query: str = "houses built") -> HitsAnswer:
    """Hits with scores 0.999, 0.998 … of tiles whose scores are evenly spread over 0..1."""
    scores = [(tiles - 1 - rank) / tiles for rank in range(hits)]
    listed = tuple(
        Hit(
            rank + 1,
            f"r{rank // 100:03d}c{rank % 100:03d}",
            score,
            100.0 * (tiles - rank) / tiles,
            (0, 0, 1, 1),
            "EPSG:32633",
        )
        for rank, score in enumerate(scores)
    )
    return HitsAnswer(query, tiles, listed, Histogram((tiles // 10,) * 10, 0.0, 1.0))


INDEX = InfoAnswer(
    index="/somewhere/town.csx", state="complete", tiles=TILES, skipped=0, tiles_done=TILES,
    crs="EPSG:32633", transform=(1, 0, 0, 0, -1, 0), width=640, height=640, gsd=1.0, tile=64, stride=64,
    rows=10, cols=100, model="embedded", model_here=True,
    before=Source("before.tif", "2015-06-01", (1, 2, 3), "unchanged"),
    after=Source("after.tif", "2020-06-01", (1, 2, 3), "unchanged"),
)  # fmt: skip
UNFINISHED = replace(INDEX, state="building")
WORDS = VocabularyAnswer(
    ("houses were built", "a road was built", "a lake appeared"),
    ("forest", "houses", "a lake"),
    ("houses were built", "forest -> houses"),
)


class StandIn(QObject):
    """Remembers what it was asked; answers only what a test lets it answer."""

    indexOpened = pyqtSignal(object)  # noqa: N815 - the workspace's names
    indexClosed = pyqtSignal()  # noqa: N815
    hitsFound = pyqtSignal(object)  # noqa: N815
    tileChosen = pyqtSignal(str)  # noqa: N815
    thumbnailsReady = pyqtSignal(object)  # noqa: N815
    vocabularyKnown = pyqtSignal(object)  # noqa: N815
    queryOffered = pyqtSignal(str)  # noqa: N815
    exported = pyqtSignal(str)
    verdictTaken = pyqtSignal(str)  # noqa: N815
    failed = pyqtSignal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.index: InfoAnswer | None = None
        self.hits: HitsAnswer | None = None
        self.searching = False
        self.calls: list[tuple[Any, ...]] = []
        self.marks: dict[str, str] = {}

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        return [call[1:] for call in self.calls if call[0] == name]

    def open(self, index: InfoAnswer = INDEX) -> None:
        self.index = index
        self.indexOpened.emit(index)

    def close(self) -> None:
        self.index = self.hits = None
        self.indexClosed.emit()

    def answer(self, answer: HitsAnswer) -> None:
        self.searching, self.hits = False, answer
        self.hitsFound.emit(answer)

    def search(self, text: str, mode: str, k: int, without: str) -> None:
        self.searching = True
        self.calls.append(("search", text, mode, k, without))

    def similar(self, tile_id: str, k: int) -> None:
        self.searching = True
        self.calls.append(("similar", tile_id, k))

    def caption(self, tile_id: str, k: int = 5) -> None:
        self.calls.append(("caption", tile_id))

    def choose_tile(self, tile_id: str, centre: bool = True) -> None:
        self.calls.append(("choose_tile", tile_id))
        self.tileChosen.emit(tile_id)

    def thumbnails(self, tile_ids: list[str]) -> None:
        self.calls.append(("thumbnails", tile_ids))

    def filter_hits(self, least_score: float | None, most: int | None) -> None:
        self.calls.append(("filter_hits", least_score, most))

    def mark(self, tile_id: str, verdict: str) -> None:
        self.marks[tile_id] = verdict

    def verdict(self, tile_id: str) -> str:
        return self.marks.get(tile_id, "")

    def ask_vocabulary(self) -> None:
        self.calls.append(("ask_vocabulary",))

    def flicker_step(self) -> None:
        self.calls.append(("flicker_step",))

    def export_hits(self, path: str, driver: str) -> None:
        self.calls.append(("export_hits", path, driver))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = str(tmp_path / "settings.ini")
    return Settings(lambda: QSettings(file, QSettings.Format.IniFormat))


@pytest.fixture
def workspace(qgis_app: Any) -> StandIn:
    return StandIn()


@pytest.fixture
def tab(workspace: StandIn, settings: Settings, qtbot: Any) -> Iterator[SearchTab]:
    """On a screen, 320 pixels wide, with no index open."""
    tab = SearchTab(workspace, settings)
    qtbot.addWidget(tab)
    tab.resize(320, 700)
    with qtbot.waitExposed(tab):
        tab.show()
    yield tab
    tab.stop()


@pytest.fixture
def words() -> VocabularyAnswer:
    return WORDS


@pytest.fixture
def unfinished() -> InfoAnswer:
    return UNFINISHED


@pytest.fixture
def answer() -> HitsAnswer:
    """The best 100 of 1000 tiles, scores from 0.999 down by 0.001."""
    return make_answer()


@pytest.fixture
def large_answer() -> HitsAnswer:
    """The best 5000 of 100,000 tiles."""
    return make_answer(5000, 100_000)
