"""Hits become a GeoPackage like the command line's, and a layer graduated by score."""

from __future__ import annotations

import subprocess
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsExpression, QgsFillSymbol, QgsSingleSymbolRenderer

from changeseek.core.engine.messages import Hit, HitsAnswer
from changeseek.plugin.errors import LayerError
from changeseek.plugin.layers.hits import hit_fields, open_hits, write_hits
from changeseek.plugin.layers.hits_style import fit_classes
from changeseek.tests.plugin.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[3]

WRITE_BY_THE_ENGINE = """
import sys
from pathlib import Path
from changeseek.core.index.export import export_hits
from changeseek.core.index.hits import Hit

bounds = (500000.0, 4999984.0, 500016.0, 5000000.0)
export_hits([Hit(1, "r000c000", 0.9, 99.0, bounds, "EPSG:32633")], "a road", Path(sys.argv[1]))
"""


def _answer(scores: list[float], query: str = "houses built", crs: str = "EPSG:32633") -> Any:
    return HitsAnswer(
        query,
        tiles=100,
        hits=tuple(
            Hit(
                rank, f"r000c{rank:03d}", score, 100.0 - rank, (16.0 * rank, 0.0, 16.0 * rank + 16, 16.0), crs
            )
            for rank, score in enumerate(scores, start=1)
        ),
    )


def test_the_file_says_of_each_hit_what_the_answer_said(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([_answer([0.9, 0.5])], tmp_path / "hits.gpkg")
    layer = open_hits(tmp_path / "hits.gpkg", "houses")
    assert layer.crs() == QgsCoordinateReferenceSystem("EPSG:32633")
    assert [feature.attributes()[1:] for feature in layer.getFeatures()] == [
        [1, "r000c001", 0.9, 99.0, "houses built"],
        [2, "r000c002", 0.5, 98.0, "houses built"],
    ]
    assert next(layer.getFeatures()).geometry().boundingBox().toString(0) == "16,0 : 32,16"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".gpkg"] == ["hits.gpkg"]


def test_the_attributes_are_the_command_lines(qgis_app: Any, tmp_path: Path) -> None:
    engine = ROOT / ".venv" / "bin" / "python"
    theirs, ours = tmp_path / "theirs.gpkg", tmp_path / "ours.gpkg"
    subprocess.run([str(engine), "-c", WRITE_BY_THE_ENGINE, str(theirs)], check=True, timeout=600)
    write_hits([_answer([0.9])], ours)
    described = [
        [(field.name(), field.typeName()) for field in open_hits(path, "hits").fields()]
        for path in (theirs, ours)
    ]
    assert described[0] == described[1]


def test_people_can_review_where_the_attribute_is_asked_for(qgis_app: Any, tmp_path: Path) -> None:
    assert hit_fields(with_review=True).names() == [*hit_fields().names(), "review"]
    write_hits([_answer([0.9])], tmp_path / "hits.gpkg", reviews={})
    assert open_hits(tmp_path / "hits.gpkg", "houses").fields().names()[-1] == "review"


def test_several_queries_share_a_file(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([_answer([0.9], "a road"), _answer([0.8, 0.7], "a lake")], tmp_path / "hits.gpkg")
    layer = open_hits(tmp_path / "hits.gpkg", "both")
    assert [feature["query"] for feature in layer.getFeatures()] == ["a road", "a lake", "a lake"]


def test_a_crs_without_a_code_stays(qgis_app: Any, tmp_path: Path) -> None:
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=tmerc +lat_0=12 +lon_0=34 +k=1 +datum=WGS84 +units=m")
    write_hits([_answer([0.9], crs=crs.toWkt())], tmp_path / "hits.gpkg")
    assert "lat_0=12" in open_hits(tmp_path / "hits.gpkg", "hits").crs().toProj()


def test_a_file_is_written_off_the_main_thread(qgis_app: Any, tmp_path: Path) -> None:
    thread = Thread(target=write_hits, args=([_answer([0.9])], tmp_path / "hits.gpkg"))
    thread.start()
    thread.join(PATIENCE)
    assert open_hits(tmp_path / "hits.gpkg", "houses").featureCount() == 1


def test_no_hit_makes_an_empty_layer(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([_answer([])], tmp_path / "hits.gpkg")
    assert open_hits(tmp_path / "hits.gpkg", "nothing").featureCount() == 0


def test_a_folder_that_is_not_there_is_said(qgis_app: Any, tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="could not be written"):
        write_hits([_answer([0.9])], tmp_path / "missing" / "hits.gpkg")


def test_a_file_without_hits_is_said(qgis_app: Any, tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="cannot be opened"):
        open_hits(tmp_path / "none.gpkg", "none")


def test_the_layer_is_graduated_by_score_over_the_range_that_it_has(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([_answer([0.75, 0.5, 0.25])], tmp_path / "hits.gpkg")
    layer = open_hits(tmp_path / "hits.gpkg", "houses")
    renderer = layer.renderer()
    assert (renderer.type(), renderer.classAttribute()) == ("graduatedSymbol", "score")
    edges = [(one.lowerValue(), one.upperValue()) for one in renderer.ranges()]
    assert edges[-1][0] == pytest.approx(0.25)
    assert edges[0][1] == 0.75
    assert [low for low, _ in edges[:-1]] == [high for _, high in edges[1:]]
    assert renderer.ranges()[0].label() == "0.650 – 0.750"


@pytest.mark.parametrize("scores", [[0.75, 0.5, 0.25], [0.1, 0.1], [-0.3]])
def test_every_hit_has_a_symbol_and_the_best_the_strongest(
    qgis_app: Any, tmp_path: Path, scores: list[float]
) -> None:
    write_hits([_answer(scores)], tmp_path / "hits.gpkg")
    layer = open_hits(tmp_path / "hits.gpkg", "houses")
    renderer = layer.renderer()
    assert renderer.legendKeyForValue(scores[0]) == renderer.ranges()[0].uuid()
    assert all(renderer.legendKeyForValue(score) for score in scores)


def test_fitting_again_keeps_symbols_with_their_classes(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([_answer([0.75, 0.5])], tmp_path / "hits.gpkg")
    layer = open_hits(tmp_path / "hits.gpkg", "houses")
    colours = [one.symbol().color().name() for one in layer.renderer().ranges()]
    fit_classes(layer)
    assert [one.symbol().color().name() for one in layer.renderer().ranges()] == colours
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({})))
    fit_classes(layer)
    assert layer.renderer().type() == "singleSymbol"


def test_ranks_label_the_tiles_and_the_tip_says_the_rest(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([_answer([0.75])], tmp_path / "hits.gpkg")
    layer = open_hits(tmp_path / "hits.gpkg", "houses")
    assert layer.labelsEnabled()
    settings = layer.labeling().settings()
    assert '"rank"' in settings.fieldName
    assert settings.fitInPolygonOnly
    assert all(f'"{name}"' in layer.mapTipTemplate() for name in ("rank", "score", "percentile", "query"))


def test_the_styles_own_expressions_are_right(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([_answer([0.75])], tmp_path / "hits.gpkg")
    layer = open_hits(tmp_path / "hits.gpkg", "houses")
    layer.loadNamedStyle(str(ROOT / "resources" / "styles" / "hits.qml"))
    for text in (layer.renderer().classAttribute(), layer.labeling().settings().fieldName):
        expression = QgsExpression(text)
        assert not expression.hasParserError()
    assert layer.renderer().ranges()[-1].label() == "strongest of these hits"
