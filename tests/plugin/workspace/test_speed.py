"""QGIS goes on while a large index is searched: its own thread hardly works for that.

Measured in seconds of that thread's computing, which other programs on the machine do not add to. What the
thread does for a whole search bounds each single call.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from changeseek.plugin.workspace import Workspace

# No call may keep QGIS's thread longer.
LONGEST = 0.05
TEXTS = ("a lake appeared", "a road was built", "trees were cut")


@pytest.fixture
def large(workspace: Workspace, large_index: Path, qtbot: Any) -> Workspace:
    """With the first search done, which loads model and vectors."""
    with qtbot.waitSignal(workspace.indexOpened, timeout=60_000):
        workspace.open_index(large_index)
    with qtbot.waitSignal(workspace.hitsFound, timeout=60_000):
        workspace.search("houses were built", k=10)
    return workspace


def _seconds(signal: Any, do: Callable[[], None], qtbot: Any) -> float:
    """Computing of this thread from a call to its signal, the event loop included."""
    start = time.thread_time()
    with qtbot.waitSignal(signal, timeout=60_000):
        do()
    return time.thread_time() - start


def _search(workspace: Workspace, text: str, count: int, qtbot: Any) -> float:
    return _seconds(workspace.hitsFound, lambda: workspace.search(text, k=count), qtbot)


def test_a_thousand_hits(large: Workspace, qtbot: Any) -> None:
    took = [_search(large, text, 1000, qtbot) for text in TEXTS]
    assert large.hits is not None
    assert large.hits.tiles >= 100_000
    assert len(large.hits.hits) == 1000
    assert min(took) < LONGEST


def test_the_first_hits_bring_layer_and_style(large: Workspace, qtbot: Any) -> None:
    took = []
    for text in TEXTS:
        layer = large.hits_layer
        assert layer is not None
        QgsProject.instance().removeMapLayer(layer.id())
        took.append(_search(large, text, 1000, qtbot))
    assert min(took) < LONGEST


def test_going_through_the_hits(large: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(large.hitsFound, timeout=60_000):
        large.search("a lake appeared", k=1000)
    assert large.hits is not None
    start = time.thread_time()
    for hit in large.hits.hits[:20]:
        large.choose_tile(hit.tile_id)
        large.mark(hit.tile_id, "kept")
    large.filter_hits(large.hits.hits[500].score, None)
    large.filter_hits(None, 700)
    assert time.thread_time() - start < 20 * LONGEST


def test_outlines_of_all_tiles(large: Workspace, qtbot: Any) -> None:
    start = time.thread_time()
    large.show_outlines(True)
    qtbot.waitUntil(lambda: bool(QgsProject.instance().mapLayersByName("Tiles")), timeout=60_000)
    assert time.thread_time() - start < 2 * LONGEST


def test_restoring(
    large: Workspace, make_workspace: Callable[..., Workspace], tmp_path: Path, qtbot: Any
) -> None:
    with qtbot.waitSignal(large.hitsFound, timeout=60_000):
        large.search("a lake appeared", k=1000)
    QgsProject.instance().write(str(tmp_path / "large.qgs"))
    QgsProject.instance().clear()
    QgsProject.instance().read(str(tmp_path / "large.qgs"))
    workspace = make_workspace()
    assert _seconds(workspace.hitsFound, workspace.restore, qtbot) < LONGEST
