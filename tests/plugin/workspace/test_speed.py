"""QGIS goes on while a large index is searched: its own thread hardly works for that.

Measured in seconds of that thread's computing, which other programs on the machine do not add to. What the
thread does for a whole search bounds each single call.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from changeseek.plugin.workspace import Workspace
from changeseek.tests.plugin.quickness import assert_quick

# No call may keep QGIS's thread longer.
LONGEST = 0.05
TEXTS = ("a lake appeared", "a road was built", "trees were cut")


@pytest.fixture
def large(workspace: Workspace, large_index: Path, qtbot: Any) -> Workspace:
    """With the first search done, which loads model and vectors."""
    with qtbot.waitSignal(workspace.indexOpened):
        workspace.open_index(large_index)
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.search("houses were built", k=10)
    return workspace


def _seconds(signal: Any, do: Callable[[], None], qtbot: Any) -> float:
    """Computing of this thread from a call to its signal, the event loop included."""
    start = time.thread_time()
    with qtbot.waitSignal(signal):
        do()
    return time.thread_time() - start


def _search(workspace: Workspace, text: str, count: int, qtbot: Any) -> float:
    return _seconds(workspace.hitsFound, lambda: workspace.search(text, k=count), qtbot)


def test_a_thousand_hits(large: Workspace, qtbot: Any) -> None:
    texts = cycle(TEXTS)
    assert_quick(lambda: _search(large, next(texts), 1000, qtbot), LONGEST)
    assert large.hits is not None
    assert large.hits.tiles >= 100_000
    assert len(large.hits.hits) == 1000


def test_the_first_hits_bring_layer_and_style(large: Workspace, qtbot: Any) -> None:
    texts = cycle(TEXTS)

    def seconds_to_bring_them() -> float:
        layer = large.hits_layer
        assert layer is not None
        QgsProject.instance().removeMapLayer(layer.id())
        return _search(large, next(texts), 1000, qtbot)

    assert_quick(seconds_to_bring_them, LONGEST)


def test_going_through_the_hits(large: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(large.hitsFound):
        large.search("a lake appeared", k=1000)
    assert large.hits is not None
    hits = large.hits.hits
    verdicts = cycle(("kept", "rejected"))

    def seconds_for_twenty() -> float:
        verdict = next(verdicts)
        start = time.thread_time()
        for hit in hits[:20]:
            large.choose_tile(hit.tile_id)
            large.mark(hit.tile_id, verdict)
        large.filter_hits(hits[500].score, None)
        large.filter_hits(None, 700)
        return time.thread_time() - start

    assert_quick(seconds_for_twenty, 20 * LONGEST)


def test_outlines_of_all_tiles(large: Workspace, qtbot: Any) -> None:
    project = QgsProject.instance()

    def seconds_to_outline() -> float:
        for layer in project.mapLayersByName("Tiles"):
            project.removeMapLayer(layer.id())
        start = time.thread_time()
        large.show_outlines(True)
        qtbot.waitUntil(lambda: bool(project.mapLayersByName("Tiles")))
        return time.thread_time() - start

    assert_quick(seconds_to_outline, 2 * LONGEST)


def test_restoring(
    large: Workspace, make_workspace: Callable[..., Workspace], tmp_path: Path, qtbot: Any
) -> None:
    with qtbot.waitSignal(large.hitsFound):
        large.search("a lake appeared", k=1000)
    QgsProject.instance().write(str(tmp_path / "large.qgs"))

    def seconds_to_restore() -> float:
        QgsProject.instance().clear()
        QgsProject.instance().read(str(tmp_path / "large.qgs"))
        workspace = make_workspace()
        return _seconds(workspace.hitsFound, workspace.restore, qtbot)

    assert_quick(seconds_to_restore, LONGEST)
