"""The Refine tab over the real workspace and the real engine: keys, log, layer, list."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QTabWidget, QWidget

from changeseek.core.engine.messages import FeedbackStatus, HitsAnswer, Search
from changeseek.plugin.panel.refine.course import ROUND
from changeseek.plugin.panel.refine_tab import RefineTab
from changeseek.plugin.panel.search_tab import SearchTab
from changeseek.plugin.workspace import Workspace

TEXT = "houses were built"


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    beside = shutil.ignore_patterns("hits", "derived", "feedback*")
    return Path(shutil.copytree(small_index, tmp_path / "town.csx", ignore=beside))


@pytest.fixture
def real(
    qgis_iface: Any, qgis_canvas: Any, qgis_new_project: Any, gate: Any, settings: Any
) -> Iterator[Workspace]:
    qgis_canvas.resize(512, 512)
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    workspace = Workspace(qgis_iface, gate, settings)
    yield workspace
    workspace.teardown()
    QgsProject.instance().clear()
    gc.collect()


@pytest.fixture
def tabs(
    shown: Callable[[QWidget], QTabWidget], real: Workspace, settings: Any, index: Path, qtbot: Any
) -> Iterator[QTabWidget]:
    """Search and Refine, with the hits of a search."""
    tabs = QTabWidget()
    pages = (SearchTab(real, settings), RefineTab(real, settings))
    for page in pages:
        tabs.addTab(page, page.objectName())
    shown(tabs)
    with qtbot.waitSignal(real.indexOpened):
        real.open_index(index)
    with qtbot.waitSignal(real.hitsFound):
        real.search(TEXT, "change", 20)
    yield tabs
    for page in pages:
        page.stop()


@pytest.fixture
def refine(tabs: QTabWidget, qtbot: Any) -> RefineTab:
    tab: RefineTab = tabs.widget(1)
    tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: tab.course.current is not None)
    return tab


def _on_the_map(workspace: Workspace) -> list[tuple[str, float]]:
    assert workspace.hits_layer is not None
    hits = sorted(workspace.hits_layer.getFeatures(), key=lambda hit: hit["rank"])
    return [(hit["tile_id"], hit["score"]) for hit in hits]


def _of_the_engine(gate: Any, index: Path, *, refined: bool = True) -> list[tuple[str, Any]]:
    answer: HitsAnswer = gate.call(Search(str(index), TEXT, k=20, refined=refined))
    return [(hit.tile_id, pytest.approx(hit.score, abs=1e-5)) for hit in answer.hits]


def _answer(tab: RefineTab, key: str, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: tab.course.current is not None)
    QTest.keyClick(tab.page.pair, key)


def test_a_round_by_keyboard_is_in_the_log_and_ranks_layer_and_list_anew(
    refine: RefineTab, tabs: QTabWidget, real: Workspace, gate: Any, index: Path, qtbot: Any
) -> None:
    with qtbot.waitSignals([real.hitsFound, real.feedbackKnown]):
        for number in range(ROUND):
            _answer(refine, "yn"[number % 2], qtbot)
    counts = gate.call(FeedbackStatus(str(index))).counts
    assert (counts.similar, counts.dissimilar) == (ROUND // 2, ROUND // 2)
    assert _on_the_map(real) == _of_the_engine(gate, index)
    search = tabs.widget(0)
    assert [search.results.model.hit(row).tile_id for row in range(20)] == [
        tile_id for tile_id, _ in _on_the_map(real)
    ]
    qtbot.waitUntil(lambda: refine.page.pair.complete)


def test_undoing_all_answers_gives_the_first_ranking_back(
    refine: RefineTab, real: Workspace, gate: Any, index: Path, qtbot: Any
) -> None:
    first = _on_the_map(real)
    for key in "ynysyz" + 4 * "z":
        _answer(refine, key, qtbot)

    def left() -> int:
        counts = gate.call(FeedbackStatus(str(index))).counts
        return int(counts.similar + counts.dissimilar + counts.skipped)

    qtbot.waitUntil(lambda: left() == 0)
    with qtbot.waitSignal(real.hitsFound):
        real.rank_again()
    assert _on_the_map(real) == first == _of_the_engine(gate, index, refined=False)


def test_kept_and_rejected_hits_are_in_the_same_log(
    tabs: QTabWidget, real: Workspace, gate: Any, index: Path, qtbot: Any
) -> None:
    search = tabs.widget(0)
    search.results.list.setFocus()
    for key in "jaax":
        QTest.keyClick(search.results.list, key)

    def judged() -> tuple[int, int]:
        counts = gate.call(FeedbackStatus(str(index))).counts
        return counts.kept, counts.rejected

    qtbot.waitUntil(lambda: judged() == (2, 1))
    QTest.keyClick(search.results.list, "u")
    qtbot.waitUntil(lambda: judged() == (2, 0))


def test_undo_takes_the_mark_of_a_hit_back_where_it_was_the_last_answer(
    tabs: QTabWidget, real: Workspace, qtbot: Any
) -> None:
    best = tabs.widget(0).results.model.hit(0).tile_id
    real.mark(best, "kept")
    with qtbot.waitSignal(real.verdictTaken) as taken:
        real.undo_answer()
    assert taken.args == [best]
    assert real.verdict(best) == ""


def test_undo_gives_a_hit_the_mark_back_that_it_had_before(
    tabs: QTabWidget, real: Workspace, qtbot: Any
) -> None:
    best = tabs.widget(0).results.model.hit(0).tile_id
    real.mark(best, "kept")
    real.mark(best, "rejected")
    with qtbot.waitSignal(real.answerUndone):
        real.undo_answer()
    assert real.verdict(best) == "kept"


def test_undo_leaves_the_marks_of_another_question_alone(
    tabs: QTabWidget, real: Workspace, qtbot: Any
) -> None:
    best = tabs.widget(0).results.model.hit(0).tile_id
    real.mark(best, "kept")
    with qtbot.waitSignal(real.hitsFound):
        real.search("a lake appeared", "change", 64)
    real.mark(best, "kept")
    with qtbot.waitSignal(real.hitsFound):
        real.search(TEXT, "change", 20)
    with qtbot.waitSignal(real.answerUndone) as undone:
        real.undo_answer()
    assert undone.args[0].text == "a lake appeared"
    assert real.verdict(best) == "kept"
