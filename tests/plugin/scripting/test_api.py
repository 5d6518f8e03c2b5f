"""Scripts ask the real engine: layers or paths in, layers out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGraduatedSymbolRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from changeseek.core.engine.messages import Captions, Progress, Search, Similar
from changeseek.plugin.errors import BadRequestError, LayerError, PluginError
from changeseek.plugin.scripting import ChangeSeek

CORNER = QgsRectangle(500_000, 5_819_872, 500_128, 5_820_000)
UTM = QgsCoordinateReferenceSystem("EPSG:32633")


def _ids(layer: QgsVectorLayer) -> list[str]:
    return [feature["tile_id"] for feature in layer.getFeatures()]


def test_paths_become_an_index(asking: ChangeSeek, two_dates: Any, tmp_path: Path) -> None:
    seen: list[Progress] = []
    built = asking.index(
        two_dates.before, two_dates.after, tmp_path / "town.csx", tile=64, progress=seen.append
    )
    assert (built.index, built.state, built.tiles) == (str(tmp_path / "town.csx"), "complete", 64)
    assert (seen[-1].done, seen[-1].total) == (64, 64)


def test_layers_become_an_index(asking: ChangeSeek, two_dates: Any, tmp_path: Path) -> None:
    before, after = (QgsRasterLayer(str(file), file.stem) for file in two_dates)
    built = asking.index(before, after, str(tmp_path / "town.csx"), tile=128)
    info = asking.info(built.index)
    assert (info.before.path, info.after.path) == tuple(map(str, two_dates))


@pytest.mark.parametrize(
    ("extent", "crs"),
    [
        (CORNER, ""),
        (CORNER, UTM),
        (QgsReferencedRectangle(CORNER, UTM), ""),
        ((500_000.0, 5_819_872.0, 500_128.0, 5_820_000.0), "EPSG:32633"),
    ],
)
def test_an_extent_of_any_kind(
    asking: ChangeSeek, two_dates: Any, tmp_path: Path, extent: Any, crs: Any
) -> None:
    built = asking.index(
        two_dates.before, two_dates.after, tmp_path / "town.csx", tile=64, extent=extent, extent_crs=crs
    )
    info = asking.info(built.index)
    assert (info.width, info.height) == (128, 128)


def test_relative_paths_begin_where_the_script_runs(
    asking: ChangeSeek, two_dates: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = os.path.relpath(two_dates.before, tmp_path)
    built = asking.index(before, two_dates.after, "town.csx", tile=256)
    assert built.index == str(tmp_path / "town.csx")


def test_a_search_gives_a_styled_layer(asking: ChangeSeek, small_index: Path, gate: Any) -> None:
    layer = asking.search(small_index, "a lake", mode="after", k=7, without="forest")
    expected = gate.call(Search(str(small_index), "a lake", "after", 7, "forest"))
    assert _ids(layer) == [hit.tile_id for hit in expected.hits]
    assert layer.name() == "Hits: a lake"
    assert layer.crs() == UTM
    assert isinstance(layer.renderer(), QgsGraduatedSymbolRenderer)
    assert QgsProject.instance().mapLayers() == {}


def test_a_search_writes_the_file_that_is_named(
    asking: ChangeSeek, small_index: Path, tmp_path: Path
) -> None:
    layer = asking.search(small_index, "a lake", k=3, output=tmp_path / "hits.gpkg")
    assert layer.source().startswith(str(tmp_path / "hits.gpkg"))
    assert _ids(layer) == _ids(asking.search(small_index, "a lake", k=3))


def test_similar_tiles_come_as_a_layer(asking: ChangeSeek, small_index: Path, gate: Any) -> None:
    expected = gate.call(Similar(str(small_index), "r003c004", 5))
    assert _ids(asking.similar(small_index, "r003c004", k=5)) == [hit.tile_id for hit in expected.hits]


def test_captions_of_one_tile_of_several_and_of_a_layer(
    asking: ChangeSeek, small_index: Path, gate: Any
) -> None:
    hits = asking.search(small_index, "a lake", k=3)
    ids = _ids(hits)
    expected = list(gate.call(Captions(str(small_index), tuple(ids), 2)).tiles)
    assert asking.caption(small_index, hits, 2) == expected
    assert asking.caption(small_index, ids, k=2) == expected
    # Alone, a tile's scores differ in their last digits.
    (alone,) = asking.caption(small_index, ids[0], 2)
    assert [one.caption for one in alone.captions] == [one.caption for one in expected[0].captions]


def test_only_the_selected_tiles_of_a_layer(asking: ChangeSeek, small_index: Path) -> None:
    hits = asking.search(small_index, "a lake", k=3)
    hits.selectByExpression("rank = 2")
    assert [tile.tile_id for tile in asking.caption(small_index, hits)] == [_ids(hits)[1]]


def test_many_tiles_are_asked_for_in_batches(asking: ChangeSeek, small_index: Path) -> None:
    seen: list[Progress] = []
    captions = asking.caption(small_index, ["r000c000"] * 600, 1, progress=seen.append)
    assert len(captions) == 600
    assert [progress.done for progress in seen] == [256, 512, 600]


def test_models_and_doctor_answer(asking: ChangeSeek) -> None:
    assert asking.models()[0].name == "embedded"
    assert asking.doctor().device


def test_an_engines_refusal_has_message_and_advice(asking: ChangeSeek, small_index: Path) -> None:
    with pytest.raises(BadRequestError) as refused:
        asking.search(small_index, "forest ->")
    assert "no whole transition" in refused.value.message
    assert refused.value.advice


def test_a_layer_that_is_no_file_is_refused(asking: ChangeSeek, two_dates: Any, tmp_path: Path) -> None:
    web = QgsRasterLayer("type=xyz&url=file:///nowhere/{z}/{x}/{y}.png&zmax=3&zmin=0", "web", "wms")
    with pytest.raises(LayerError, match="Export it first"):
        asking.index(web, two_dates.after, tmp_path / "town.csx")
    del web


def test_a_layer_without_tile_ids_is_refused(asking: ChangeSeek, small_index: Path) -> None:
    with pytest.raises(PluginError, match="has no attribute tile_id"):
        asking.caption(small_index, QgsVectorLayer("Point", "towns", "memory"))


def test_the_sessions_gate_is_taken_where_none_is_given() -> None:
    from changeseek.plugin.gate.session import the_gate

    was_running = the_gate().running
    ChangeSeek()
    assert the_gate().running == was_running
