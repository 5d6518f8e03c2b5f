"""A question that answers rank anew has a file for each ranking, and its reviews in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsVectorLayer

from changeseek.core.engine.messages import Hit, HitsAnswer, Refinement, Search
from changeseek.plugin.layers.hits import REVIEW
from changeseek.plugin.workspace.hits_files import HitsFile, save_hits


@pytest.fixture
def asked(tmp_path: Path, qgis_app: object) -> Search:
    index = tmp_path / "town.csx"
    index.mkdir()
    (index / "index.json").write_text("{}")
    return Search(str(index), "houses were built", k=3)


def _answer(*tiles: str, refined: bool = True) -> HitsAnswer:
    bounds = (0.0, 0.0, 1.0, 1.0)
    hits = tuple(
        Hit(rank, tile, 1 / rank, 90.0, bounds, "EPSG:32633") for rank, tile in enumerate(tiles, start=1)
    )
    refinement = Refinement(12, 0.0, "answered tiles count") if refined else None
    return HitsAnswer("houses were built", 64, hits, refinement=refinement)


def _mark(file: HitsFile, tile_id: str, verdict: str) -> None:
    layer = QgsVectorLayer(f"{file.path}|layername=hits", "hits", "ogr")
    place = layer.fields().indexOf(REVIEW)
    assert layer.dataProvider().changeAttributeValues({file.rows[tile_id].feature: {place: verdict}})


def _verdicts(file: HitsFile) -> dict[str, str]:
    return {tile_id: row.verdict for tile_id, row in file.rows.items()}


def _written(file: HitsFile) -> list[str]:
    layer = QgsVectorLayer(f"{file.path}|layername=hits", "hits", "ogr")
    return [one["tile_id"] for one in layer.getFeatures()]


def test_another_ranking_is_another_file_with_the_reviews(asked: Search) -> None:
    first = save_hits(asked, _answer("a", "b", "c"))
    _mark(first, "b", "kept")
    second = save_hits(asked, _answer("b", "d", "a"))
    assert second.path != first.path
    assert second.new
    assert _written(second) == ["b", "d", "a"]
    assert _verdicts(second) == {"b": "kept", "d": "", "a": ""}


def test_a_ranking_that_comes_back_has_what_was_said_meanwhile(asked: Search) -> None:
    first = save_hits(asked, _answer("a", "b", "c"))
    second = save_hits(asked, _answer("b", "d", "a"))
    _mark(second, "a", "rejected")
    again = save_hits(asked, _answer("a", "b", "c"))
    assert again.path == first.path
    assert _verdicts(again) == {"a": "rejected", "b": "", "c": ""}


def test_a_tile_that_comes_back_has_its_review(asked: Search) -> None:
    _mark(save_hits(asked, _answer("a", "b", "c")), "c", "kept")
    save_hits(asked, _answer("a", "b", "d"))
    assert _verdicts(save_hits(asked, _answer("c", "a", "b")))["c"] == "kept"


def test_without_answers_a_question_has_one_file(asked: Search) -> None:
    own = save_hits(asked, _answer("a", "b", "c", refined=False))
    assert save_hits(asked, _answer("a", "b", "c", refined=False)) == HitsFile(own.path, own.rows)
    assert [path.name for path in own.path.parent.glob("*.gpkg")] == [own.path.name]
