"""A saved project has it all again when it is opened, and no engine is started for that."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from changeseek.plugin.gate.engine import EngineGate
from changeseek.plugin.gate.finding import find_interpreter
from changeseek.plugin.workspace import Workspace


@pytest.fixture
def idle_gate() -> Iterator[EngineGate]:
    """A gate of its own, which has started nothing."""
    gate = EngineGate(lambda: find_interpreter(""))
    yield gate
    gate.close()


@pytest.fixture
def saved(searched: Workspace, tmp_path: Path) -> Path:
    """A project that was saved with an index, hits, a filter and a verdict, and closed."""
    assert searched.hits is not None
    searched.mark(searched.hits.hits[1].tile_id, "kept")
    searched.filter_hits(None, 7)
    path = tmp_path / "town.qgz"
    assert QgsProject.instance().write(str(path))
    QgsProject.instance().clear()
    return path


def _reopened(workspace: Workspace, project: Path, qtbot: Any) -> None:
    assert QgsProject.instance().read(str(project))
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.restore()


def test_index_hits_and_verdicts_are_there_without_an_engine(
    saved: Path,
    make_workspace: Callable[..., Workspace],
    idle_gate: EngineGate,
    index: Path,
    qtbot: Any,
) -> None:
    workspace = make_workspace(idle_gate)
    _reopened(workspace, saved, qtbot)
    assert workspace.index is not None
    assert workspace.hits is not None
    assert workspace.hits_layer is not None
    assert workspace.index.index == str(index)
    assert (workspace.hits.query, len(workspace.hits.hits)) == ("houses were built", 20)
    assert [hit.rank for hit in workspace.hits.hits] == list(range(1, 21))
    assert workspace.hits.histogram is not None
    assert workspace.hits_layer.renderer().type() == "graduatedSymbol"
    assert workspace.hits_layer.featureCount() == 20
    assert workspace.verdict(workspace.hits.hits[1].tile_id) == "kept"
    assert not idle_gate.running


def test_the_answer_is_the_one_that_the_engine_gave(
    searched: Workspace, make_workspace: Callable[..., Workspace], tmp_path: Path, qtbot: Any
) -> None:
    given = searched.hits
    QgsProject.instance().write(str(tmp_path / "town.qgs"))
    QgsProject.instance().clear()
    workspace = make_workspace()
    _reopened(workspace, tmp_path / "town.qgs", qtbot)
    assert workspace.hits == given


def test_choosing_works_both_ways_without_an_engine(
    saved: Path, make_workspace: Callable[..., Workspace], idle_gate: EngineGate, qtbot: Any
) -> None:
    workspace = make_workspace(idle_gate)
    _reopened(workspace, saved, qtbot)
    layer, hits = workspace.hits_layer, workspace.hits
    assert layer is not None
    assert hits is not None
    workspace.choose_tile(hits.hits[2].tile_id)
    assert [feature["rank"] for feature in layer.selectedFeatures()] == [3]
    with qtbot.waitSignal(workspace.tileChosen) as chosen:
        layer.selectByIds([5])
    assert chosen.args == [hits.hits[4].tile_id]
    workspace.filter_hits(None, 3)
    workspace.flicker_step()
    assert not idle_gate.running


def test_what_is_nice_to_know_waits_until_the_user_asks(
    saved: Path, make_workspace: Callable[..., Workspace], idle_gate: EngineGate, qtbot: Any
) -> None:
    workspace = make_workspace(idle_gate)
    _reopened(workspace, saved, qtbot)
    workspace.ask_vocabulary()
    workspace.say_hello()
    workspace.thumbnails(["r007c007"])
    qtbot.wait(300)
    assert not idle_gate.running
    late = [workspace.vocabularyKnown, workspace.helloKnown, workspace.thumbnailsReady]
    with qtbot.waitSignals(late):
        workspace.caption("r000c000")


def test_pictures_that_were_drawn_need_no_engine(
    opened: Workspace,
    make_workspace: Callable[..., Workspace],
    idle_gate: EngineGate,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    with qtbot.waitSignal(opened.thumbnailsReady):
        opened.thumbnails(["r003c004"])
    QgsProject.instance().write(str(tmp_path / "town.qgs"))
    QgsProject.instance().clear()
    QgsProject.instance().read(str(tmp_path / "town.qgs"))
    workspace = make_workspace(idle_gate)
    workspace.restore()
    with qtbot.waitSignal(workspace.thumbnailsReady) as drawn:
        workspace.thumbnails(["r003c004"])
    assert [one.tile_id for one in drawn.args[0].thumbnails] == ["r003c004"]
    assert not idle_gate.running


def test_the_next_search_goes_into_the_restored_layer(
    saved: Path, make_workspace: Callable[..., Workspace], qtbot: Any
) -> None:
    workspace = make_workspace()
    _reopened(workspace, saved, qtbot)
    layer = workspace.hits_layer
    assert layer is not None
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.search("a lake appeared")
    assert workspace.hits_layer is not None
    assert workspace.hits_layer.id() == layer.id()


def test_project_and_index_can_be_moved_together(
    saved: Path, make_workspace: Callable[..., Workspace], index: Path, tmp_path: Path, qtbot: Any
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    shutil.move(saved, there)
    shutil.move(index, there)
    workspace = make_workspace()
    _reopened(workspace, there / saved.name, qtbot)
    assert workspace.index is not None
    assert workspace.index.index == str(there / index.name)
    with qtbot.waitSignal(workspace.captionsFound):
        workspace.caption("r000c000")


def test_an_index_that_is_gone_is_said_and_the_hits_are_still_shown(
    saved: Path, make_workspace: Callable[..., Workspace], index: Path, qtbot: Any
) -> None:
    # The hits have moved as well, so the layer is broken.
    shutil.move(index, index.with_name("moved.csx"))
    workspace = make_workspace()
    QgsProject.instance().read(str(saved))
    with qtbot.waitSignal(workspace.failed) as failed:
        workspace.restore()
    assert failed.args[0] == "open"
    assert "town.csx" in failed.args[1].message
    assert (workspace.hits, workspace.hits_layer) == (None, None)


def test_the_next_search_mends_a_layer_whose_file_has_gone(
    saved: Path, make_workspace: Callable[..., Workspace], index: Path, qtbot: Any
) -> None:
    shutil.rmtree(index / "hits")
    workspace = make_workspace()
    QgsProject.instance().read(str(saved))
    workspace.restore()
    layers = set(QgsProject.instance().mapLayers())
    for text in ("a lake appeared", "houses were built"):
        with qtbot.waitSignal(workspace.hitsFound):
            workspace.search(text, k=20)
        assert workspace.hits_layer is not None
        assert workspace.hits_layer.featureCount() == 20
        assert workspace.hits_layer.renderer().type() == "graduatedSymbol"
        assert set(QgsProject.instance().mapLayers()) == layers


def test_a_project_that_remembers_nothing_restores_nothing(
    make_workspace: Callable[..., Workspace], two_dates: Any, tmp_path: Path
) -> None:
    project = QgsProject.instance()
    project.addMapLayer(QgsRasterLayer(str(two_dates.before), "mine"))
    project.write(str(tmp_path / "mine.qgs"))
    project.read(str(tmp_path / "mine.qgs"))
    workspace = make_workspace()
    workspace.restore()
    assert workspace.index is None


def test_a_closed_index_is_not_remembered(
    searched: Workspace, make_workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    searched.close_index()
    QgsProject.instance().write(str(tmp_path / "town.qgs"))
    QgsProject.instance().clear()
    QgsProject.instance().read(str(tmp_path / "town.qgs"))
    workspace = make_workspace()
    workspace.restore()
    assert workspace.index is None


def test_restoring_twice_changes_nothing(
    saved: Path, make_workspace: Callable[..., Workspace], qtbot: Any
) -> None:
    workspace = make_workspace()
    _reopened(workspace, saved, qtbot)
    with qtbot.assertNotEmitted(workspace.indexOpened):
        workspace.restore()
    assert workspace.hits is not None
