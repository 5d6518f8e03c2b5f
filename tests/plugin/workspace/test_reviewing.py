"""Hits are kept or rejected in their file, which the same question finds again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorLayer

from changeseek.plugin.workspace import Workspace


def _search(workspace: Workspace, qtbot: Any, text: str, **how: Any) -> None:
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.search(text, **how)


def _first(workspace: Workspace) -> str:
    assert workspace.hits is not None
    return workspace.hits.hits[0].tile_id


def _written(index: Path) -> dict[str, str]:
    """Verdicts in the file, by tile id."""
    (path,) = (index / "hits").glob("houses-were-built-*.gpkg")
    layer = QgsVectorLayer(f"{path}|layername=hits", "hits", "ogr")
    return {one["tile_id"]: one["review"] for one in layer.getFeatures() if one["review"]}


def test_a_verdict_is_in_the_file_at_once_and_nothing_is_being_edited(
    searched: Workspace, index: Path
) -> None:
    tile_id = _first(searched)
    searched.mark(tile_id, "kept")
    assert searched.verdict(tile_id) == "kept"
    assert _written(index) == {tile_id: "kept"}
    assert searched.hits_layer is not None
    assert not searched.hits_layer.isEditable()


def test_a_verdict_can_be_changed_and_taken_back(searched: Workspace, index: Path) -> None:
    searched.mark(_first(searched), "kept")
    searched.mark(_first(searched), "rejected")
    assert _written(index) == {_first(searched): "rejected"}
    searched.mark(_first(searched), "")
    assert searched.verdict(_first(searched)) == ""
    assert _written(index) == {}


def test_verdicts_survive_the_same_question(searched: Workspace, index: Path, qtbot: Any) -> None:
    tile_id = _first(searched)
    searched.mark(tile_id, "kept")
    _search(searched, qtbot, "a lake appeared")
    assert searched.verdict(tile_id) == ""
    _search(searched, qtbot, "houses were built", k=20)
    assert searched.verdict(tile_id) == "kept"


def test_a_rejected_hit_goes_down_and_stays_rejected(searched: Workspace, qtbot: Any) -> None:
    tile_id = _first(searched)
    searched.mark(tile_id, "rejected")
    _search(searched, qtbot, "houses were built", k=64)
    assert _first(searched) != tile_id
    assert searched.verdict(tile_id) == ""
    searched.mark(tile_id, "rejected")
    _search(searched, qtbot, "houses were built", k=64)
    assert searched.verdict(tile_id) == "rejected"


def test_verdicts_survive_opening_the_index_again(
    searched: Workspace, make_workspace: Callable[..., Workspace], index: Path, qtbot: Any
) -> None:
    tile_id = _first(searched)
    searched.mark(tile_id, "kept")
    searched.close_index()
    again = make_workspace()
    with qtbot.waitSignal(again.indexOpened):
        again.open_index(index)
    _search(again, qtbot, "houses were built", k=20)
    assert again.verdict(tile_id) == "kept"


@pytest.mark.parametrize("how", [{"k": 21}, {"mode": "after"}, {"without": "a road"}])
def test_another_question_has_another_file(
    searched: Workspace, index: Path, qtbot: Any, how: dict[str, Any]
) -> None:
    _search(searched, qtbot, "houses were built", **{"k": 20, **how})
    assert len(list((index / "hits").glob("*.gpkg"))) == 2


def test_the_index_built_anew_starts_without_verdicts(searched: Workspace, index: Path, qtbot: Any) -> None:
    searched.mark(_first(searched), "kept")
    with (index / "index.json").open("a") as stream:
        stream.write("\n")
    _search(searched, qtbot, "houses were built", k=20)
    assert searched.verdict(_first(searched)) == ""


def test_a_filtered_hit_can_be_marked(searched: Workspace, index: Path) -> None:
    assert searched.hits is not None
    searched.filter_hits(None, 5)
    for rank in (3, 12):
        searched.mark(searched.hits.hits[rank - 1].tile_id, "kept")
    searched.filter_hits(None, None)
    assert len(_written(index)) == 2


def test_a_tile_that_is_no_hit_has_no_verdict(searched: Workspace, index: Path) -> None:
    searched.mark("r999c999", "kept")
    assert searched.verdict("r999c999") == ""


def test_a_verdict_that_cannot_be_written_is_said(searched: Workspace, qtbot: Any) -> None:
    layer = searched.hits_layer
    assert layer is not None
    # The file as on a read-only disk: opened for reading alone.
    layer.dataProvider().leaveUpdateMode()
    shutil.move(layer.source().partition("|")[0], layer.source().partition("|")[0] + ".away")
    with qtbot.waitSignal(searched.failed) as failed:
        searched.mark(_first(searched), "kept")
    assert failed.args[0] == "review"
    assert searched.verdict(_first(searched)) == ""


def test_hits_of_an_index_that_cannot_be_written_go_into_the_cache(
    opened: Workspace, index: Path, qtbot: Any
) -> None:
    (index / "hits").write_text("in the way")
    _search(opened, qtbot, "houses were built", k=20)
    assert opened.hits_layer is not None
    path = Path(opened.hits_layer.source().partition("|")[0])
    assert index not in path.parents
    opened.mark(_first(opened), "kept")
    assert opened.verdict(_first(opened)) == "kept"


def test_a_verdict_of_hits_that_the_user_removed_from_the_map_is_not_lost_in_silence(
    searched: Workspace, qtbot: Any
) -> None:
    assert searched.hits_layer is not None
    QgsProject.instance().removeMapLayer(searched.hits_layer.id())
    with qtbot.waitSignal(searched.failed) as failed:
        searched.mark(_first(searched), "kept")
    assert failed.args[0] == "review"
    with qtbot.waitSignal(searched.failed) as failed:
        searched.export_hits("/nowhere/hits.csv", "CSV")
    assert failed.args[0] == "export"
    _search(searched, qtbot, "houses were built", k=20)
    searched.mark(_first(searched), "kept")
    assert searched.verdict(_first(searched)) == "kept"


def test_after_the_file_was_deleted_the_same_question_makes_a_new_one_to_review(
    searched: Workspace, index: Path, qtbot: Any
) -> None:
    shutil.rmtree(index / "hits")
    _search(searched, qtbot, "houses were built", k=20)
    searched.mark(_first(searched), "kept")
    assert _written(index) == {_first(searched): "kept"}
    assert searched.hits_layer is not None
    assert [one["tile_id"] for one in searched.hits_layer.getFeatures() if one["review"] == "kept"] == [
        _first(searched)
    ]
