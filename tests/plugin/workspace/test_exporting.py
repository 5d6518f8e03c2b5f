"""The hits that the map shows become a file for other programs, like the command line's."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsVectorLayer

from changeseek.plugin.workspace import Workspace


def _export(workspace: Workspace, path: Path, driver: str, qtbot: Any) -> None:
    with qtbot.waitSignal(workspace.exported) as exported:
        workspace.export_hits(str(path), driver)
    assert exported.args == [str(path)]


def test_a_geopackage_brings_its_style(searched: Workspace, tmp_path: Path, qtbot: Any) -> None:
    _export(searched, tmp_path / "out.gpkg", "GPKG", qtbot)
    layer = QgsVectorLayer(f"{tmp_path / 'out.gpkg'}|layername=hits", "out", "ogr")
    assert layer.featureCount() == 20
    assert layer.fields().names() == ["fid", "rank", "tile_id", "score", "percentile", "query", "review"]
    assert layer.renderer().type() == "graduatedSymbol"
    assert layer.crs().authid() == "EPSG:32633"


def test_only_what_the_filter_shows_is_written(searched: Workspace, tmp_path: Path, qtbot: Any) -> None:
    searched.filter_hits(None, 4)
    _export(searched, tmp_path / "out.gpkg", "GPKG", qtbot)
    assert QgsVectorLayer(str(tmp_path / "out.gpkg"), "out", "ogr").featureCount() == 4


def test_geojson_is_in_longitude_and_latitude(searched: Workspace, tmp_path: Path, qtbot: Any) -> None:
    _export(searched, tmp_path / "out.geojson", "GeoJSON", qtbot)
    collection = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    longitude, latitude = collection["features"][0]["geometry"]["coordinates"][0][0]
    assert (longitude, latitude) == (pytest.approx(15.0, abs=0.01), pytest.approx(52.5, abs=0.1))
    assert collection["features"][0]["properties"]["rank"] == 1
    assert "fid" not in collection["features"][0]["properties"]


def test_a_table_has_the_command_lines_columns(searched: Workspace, tmp_path: Path, qtbot: Any) -> None:
    assert searched.hits is not None
    best = searched.hits.hits[0]
    searched.mark(best.tile_id, "kept")
    _export(searched, tmp_path / "out.csv", "CSV", qtbot)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        first = next(csv.DictReader(stream))
    assert list(first) == [
        *("rank", "tile_id", "score", "percentile", "xmin", "ymin", "xmax", "ymax", "crs", "query", "review")
    ]
    assert (first["tile_id"], first["review"]) == (best.tile_id, "kept")
    assert float(first["xmin"]) == best.bounds[0]


def test_a_file_that_cannot_be_written_is_said(searched: Workspace, tmp_path: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(searched.failed) as failed:
        searched.export_hits(str(tmp_path / "missing" / "out.gpkg"), "GPKG")
    assert failed.args[0] == "export"
    assert failed.args[1].advice
