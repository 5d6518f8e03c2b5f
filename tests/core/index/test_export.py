from __future__ import annotations

import csv
import json
import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pyogrio
import pytest

from changeseek.core.errors import ExportError, MachineFaultError
from changeseek.core.index.export import STYLE, check_export_path, export_hits
from changeseek.core.index.hits import Hit

BOUNDS = (500000.0, 4999984.0, 500016.0, 5000000.0)
HITS = [
    Hit(1, "r000c000", 0.75, 100.0, BOUNDS, "EPSG:32633"),
    Hit(2, "r000c001", 0.5, 98.5, (500016.0, 4999984.0, 500032.0, 5000000.0), "EPSG:32633"),
]


def test_a_geopackage_holds_the_hits_in_their_crs(tmp_path: Path) -> None:
    export_hits(HITS, "houses built", tmp_path / "hits.gpkg")
    layer = pyogrio.read_info(tmp_path / "hits.gpkg", layer="hits")
    assert (layer["crs"], layer["geometry_type"], layer["features"]) == ("EPSG:32633", "Polygon", 2)
    assert layer["fields"].tolist() == ["rank", "tile_id", "score", "percentile", "query"]
    assert layer["total_bounds"] == (500000.0, 4999984.0, 500032.0, 5000000.0)


def test_a_geopackage_carries_its_style_inside_and_beside_it(tmp_path: Path) -> None:
    export_hits(HITS, "houses built", tmp_path / "hits.gpkg")
    with closing(sqlite3.connect(tmp_path / "hits.gpkg")) as database:
        row = database.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchone()
        version = database.execute("PRAGMA user_version").fetchone()
        contents = database.execute("SELECT table_name, data_type FROM gpkg_contents ORDER BY 1").fetchall()
    assert row == ("hits", "geom", 1, STYLE.read_text(encoding="utf-8"))
    assert version == (10200,)
    assert contents == [("hits", "features"), ("layer_styles", "attributes")]
    assert (tmp_path / "hits.qml").read_bytes() == STYLE.read_bytes()


def test_the_style_grades_by_score() -> None:
    renderer = ET.fromstring(STYLE.read_text(encoding="utf-8").partition("\n")[2]).find("renderer-v2")
    assert renderer is not None
    assert renderer.get("type") == "graduatedSymbol"
    assert '"score"' in str(renderer.get("attr"))
    ranges = [(float(one.attrib["lower"]), float(one.attrib["upper"])) for one in renderer.iter("range")]
    assert ranges == [(0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0)]
    assert [one.get("name") for one in renderer.iter("symbol")] == ["0", "1", "2", "3", "4"]


def test_geojson_is_in_longitude_and_latitude(tmp_path: Path) -> None:
    export_hits(HITS, "a → b", tmp_path / "hits.geojson")
    collection = json.loads((tmp_path / "hits.geojson").read_text(encoding="utf-8"))
    assert collection.keys() == {"type", "features"}
    ring = collection["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1] == pytest.approx([15.0, 45.1533], abs=1e-4)
    assert _signed_area(ring) > 0
    assert collection["features"][1]["properties"] == {
        "rank": 2,
        "tile_id": "r000c001",
        "score": 0.5,
        "percentile": 98.5,
        "query": "a → b",
    }


def _signed_area(ring: list[list[float]]) -> float:
    """Positive for the counter-clockwise outer ring that RFC 7946 asks for."""
    sides = pairwise(ring)
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in sides) / 2


def test_csv_holds_one_hit_a_line(tmp_path: Path) -> None:
    export_hits(HITS, 'a "lake", dried', tmp_path / "hits.csv")
    with (tmp_path / "hits.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["tile_id"] for row in rows] == ["r000c000", "r000c001"]
    assert tuple(float(rows[0][side]) for side in ("xmin", "ymin", "xmax", "ymax")) == BOUNDS
    assert rows[0]["query"] == 'a "lake", dried'


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".csv", ".GPKG"])
def test_no_hits_make_a_file_without_hits_and_replace_an_older_one(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"hits{suffix}"
    export_hits(HITS, "houses", path)
    export_hits([], "houses", path)
    assert path.stat().st_size > 0
    beside = {"hits.qml"} if suffix.lower() == ".gpkg" else set()
    assert {file.name for file in tmp_path.iterdir()} == {path.name} | beside


@pytest.mark.parametrize("name", ["hits.shp", "hits", "hits.gpkg.txt"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"\.gpkg, \.geojson, \.csv"):
        export_hits(HITS, "houses", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no folder"):
        check_export_path(tmp_path / "missing" / "hits.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        check_export_path(tmp_path / "folder.csv")


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".csv"])
def test_a_file_that_cannot_be_written_is_a_fault_of_the_machine(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(MachineFaultError, match="could not be written"):
        # The longest name there is: that of the unfinished file beside it is longer.
        export_hits(HITS, "houses", tmp_path / f"{'x' * (255 - len(suffix))}{suffix}")
    assert list(tmp_path.iterdir()) == []
