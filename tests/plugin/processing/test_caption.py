"""`changeseek:caption` with the real engine: tiles in, the same tiles with sentences out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    NULL,
    QgsFeature,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)

from changeseek.core.engine.messages import Captions, TileCaptions
from changeseek.plugin.errors import BadRequestError
from changeseek.plugin.gate.session import the_gate
from changeseek.plugin.processing.unknown_tiles import captions_where_known

Run = Callable[..., dict[str, Any]]


def _layer(tile_ids: Sequence[object], field: str = "tile_id") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Point?crs=EPSG:32633&field=name:string&field={field}:string", "tiles", "memory")
    for number, tile_id in enumerate(tile_ids):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"number {number}", tile_id])
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def _expected(index: Path, tile_ids: Sequence[str], k: int) -> list[list[tuple[str, Any]]]:
    """The engine's own answer; its scores depend in the last digits on what is asked beside."""
    answer = the_gate().call(Captions(str(index), tuple(tile_ids), k))
    return [
        [(one.caption, pytest.approx(one.score, abs=1e-5)) for one in tile.captions] for tile in answer.tiles
    ]


def _said(feature: QgsFeature, k: int) -> list[tuple[str, float]]:
    return [(feature[f"caption_{rank}"], feature[f"score_{rank}"]) for rank in range(1, k + 1)]


def test_features_keep_what_they_have_and_gain_captions(run: Run, small_index: Path) -> None:
    ids = ["r003c004", "r000c000", "r003c004"]
    captioned = run("caption", INDEX=str(small_index), TILES=_layer(ids), K=3, OUTPUT="memory:")
    features = list(captioned["OUTPUT"].getFeatures())
    assert [feature["name"] for feature in features] == ["number 0", "number 1", "number 2"]
    expected = _expected(small_index, ids[:2], 3)
    assert [_said(feature, 3) for feature in features] == [*expected, expected[0]]
    assert captioned["UNKNOWN"] == 0


def test_five_captions_where_nothing_is_said(run: Run, small_index: Path) -> None:
    captioned = run("caption", INDEX=str(small_index), TILES=_layer(["r000c000"]), OUTPUT="memory:")
    names = [field.name() for field in captioned["OUTPUT"].fields()]
    assert names[:2] == ["name", "tile_id"]
    assert names[2:] == [f"{name}_{rank}" for rank in range(1, 6) for name in ("caption", "score")]


def test_the_hits_of_a_search_can_be_captioned(run: Run, small_index: Path, tmp_path: Path) -> None:
    hits, captions = tmp_path / "hits.gpkg", tmp_path / "captions.gpkg"
    run("search", INDEX=str(small_index), QUERY="a lake\nhouses built", K=5, OUTPUT=str(hits))
    run("caption", INDEX=str(small_index), TILES=str(hits), OUTPUT=str(captions))
    layer = QgsVectorLayer(str(captions), "captions", "ogr")
    assert layer.featureCount() == 10
    assert layer.crs().authid() == "EPSG:32633"
    features = list(layer.getFeatures())
    ids = list(dict.fromkeys(feature["tile_id"] for feature in features))
    expected = dict(zip(ids, _expected(small_index, ids, 5), strict=True))
    assert [_said(feature, 5) for feature in features] == [expected[one["tile_id"]] for one in features]
    assert all(not feature.geometry().isEmpty() for feature in features)


def test_captions_of_an_earlier_run_are_replaced(run: Run, small_index: Path) -> None:
    first = run("caption", INDEX=str(small_index), TILES=_layer(["r000c000"]), K=4, OUTPUT="memory:")
    again = run("caption", INDEX=str(small_index), TILES=first["OUTPUT"], K=1, OUTPUT="memory:")
    names = [field.name() for field in again["OUTPUT"].fields()]
    assert names == ["name", "tile_id", "caption_1", "score_1"]


def test_only_the_selected_features_where_that_is_wished(run: Run, small_index: Path) -> None:
    layer = _layer(["r000c000", "r001c001", "r002c002"])
    layer.selectByExpression("tile_id = 'r001c001'")
    selected = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    captioned = run("caption", INDEX=str(small_index), TILES=selected, OUTPUT="memory:")
    assert [feature["tile_id"] for feature in captioned["OUTPUT"].getFeatures()] == ["r001c001"]


def test_unknown_tiles_have_no_captions_and_are_told_of(run: Run, small_index: Path, feedback: Any) -> None:
    layer = _layer(["r000c000", "r099c000", NULL, "", "elsewhere", "r007c007"])
    captioned = run("caption", INDEX=str(small_index), TILES=layer, K=1, OUTPUT="memory:")
    captions = [feature["caption_1"] for feature in captioned["OUTPUT"].getFeatures()]
    assert [caption == NULL for caption in captions] == [False, True, True, True, True, False]
    assert captioned["UNKNOWN"] == 4
    (warning,) = feedback.warnings
    assert "r099c000" in warning and "elsewhere" in warning


def test_tiles_by_their_ids_come_with_their_outlines(run: Run, small_index: Path) -> None:
    captioned = run("caption", INDEX=str(small_index), TILE_ID="r001c002, r000c000", K=2, OUTPUT="memory:")
    found = run("search", INDEX=str(small_index), QUERY="a lake", K=64, OUTPUT="memory:")
    outlines = {hit["tile_id"]: hit.geometry().boundingBox() for hit in found["OUTPUT"].getFeatures()}
    features = list(captioned["OUTPUT"].getFeatures())
    assert [feature["tile_id"] for feature in features] == ["r001c002", "r000c000"]
    assert [_said(feature, 2) for feature in features] == _expected(small_index, ["r001c002", "r000c000"], 2)
    assert all(feature.geometry().boundingBox() == outlines[feature["tile_id"]] for feature in features)


def test_a_bank_of_ones_own_is_used(run: Run, small_index: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank.txt"
    bank.write_text("a lake appeared\nnothing changed\n", encoding="utf-8")
    captioned = run("caption", INDEX=str(small_index), TILE_ID="r000c000", BANK=str(bank), OUTPUT="memory:")
    (feature,) = captioned["OUTPUT"].getFeatures()
    assert {feature["caption_1"], feature["caption_2"]} == {"a lake appeared", "nothing changed"}
    assert feature["caption_3"] == NULL


@pytest.mark.parametrize("given", [{}, {"TILE_ID": "r000c000", "TILES": "both"}])
def test_one_of_layer_and_id_is_needed(run: Run, small_index: Path, given: dict[str, Any]) -> None:
    if "TILES" in given:
        given = {**given, "TILES": _layer(["r000c000"])}
    with pytest.raises(QgsProcessingException, match="either a layer of tiles or the id of a tile"):
        run("caption", INDEX=str(small_index), OUTPUT="memory:", **given)


def test_a_named_tile_that_is_not_there_is_an_error(run: Run, small_index: Path) -> None:
    with pytest.raises(QgsProcessingException, match=r"no tile r099c000\. Tiles go from .* to r007c007"):
        run("caption", INDEX=str(small_index), TILE_ID="r099c000", OUTPUT="memory:")


def test_a_layer_without_ids_is_refused_with_advice(run: Run, small_index: Path) -> None:
    with pytest.raises(QgsProcessingException, match=r"has no attribute tile_id\. Give a layer of hits"):
        run("caption", INDEX=str(small_index), TILES=_layer(["r000c000"], field="id"), OUTPUT="memory:")


def test_a_bank_that_cannot_be_read_is_the_engines_error(run: Run, small_index: Path, tmp_path: Path) -> None:
    bank = str(tmp_path / "none.txt")
    with pytest.raises(QgsProcessingException, match=r"none\.txt.*\. [A-Z]"):
        run("caption", INDEX=str(small_index), TILES=_layer(["r000c000"]), BANK=bank, OUTPUT="memory:")


def test_where_all_tiles_are_known_the_engine_is_asked_once() -> None:
    asked: list[Sequence[str]] = []

    def ask(tile_ids: Sequence[str]) -> list[TileCaptions]:
        asked.append(tile_ids)
        return [TileCaptions(tile_id) for tile_id in tile_ids]

    assert list(captions_where_known(["a", "", "b"], ask)) == ["a", "b"]
    assert asked == [["a", "b"]]


def test_other_errors_are_not_taken_for_unknown_tiles() -> None:
    def ask(_tile_ids: Sequence[str]) -> list[TileCaptions]:
        raise BadRequestError("no index", "Build one", "IndexFolderError")

    with pytest.raises(BadRequestError, match="no index"):
        captions_where_known(["a", "b"], ask)


def test_a_cancelled_run_has_no_results(small_index: Path, feedback: Any) -> None:
    import processing

    feedback.cancel()
    parameters = {"INDEX": str(small_index), "TILES": _layer(["r000c000"]), "OUTPUT": "memory:"}
    assert processing.run("changeseek:caption", parameters, feedback=feedback) == {}
