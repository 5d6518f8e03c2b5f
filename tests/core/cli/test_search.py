from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
RED_TILE = "r002c003"


def test_search_prints_hits_as_the_contract_has_them(cli: Cli, indexed: Path) -> None:
    outcome = cli("search", indexed, "red", "-k", 3, "--json")
    assert outcome.code == 0
    assert outcome.err == ""
    assert outcome.json["query"] == "red"
    hits = outcome.json["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert hits[0].keys() == {"rank", "tile_id", "score", "percentile", "bounds", "crs"}
    assert hits[0]["tile_id"] == RED_TILE
    assert hits[0]["bounds"] == [500048.0, 4999952.0, 500064.0, 4999968.0]
    assert hits[0]["crs"] == "EPSG:32633"
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_for_people_the_hits_are_a_table(cli: Cli, indexed: Path) -> None:
    head, first, *rest = cli("search", indexed, "red", "-k", 3).out.splitlines()
    assert head.split()[:4] == ["rank", "tile", "score", "percentile"]
    assert first.split()[:2] == ["1", RED_TILE]
    assert "500056.0, 4999960.0" in first
    assert len(rest) == 2


@pytest.mark.parametrize(
    "arguments", [["red", "--mode", "after"], ["green -> red"], ["red", "--without", "blue"]]
)
def test_every_way_of_asking_finds_the_red_tile(cli: Cli, indexed: Path, arguments: list[str]) -> None:
    hits = cli("search", indexed, *arguments, "--json").json["hits"]
    assert hits[0]["tile_id"] == RED_TILE
    assert len(hits) == 20


def test_before_mode_looks_at_the_first_date(cli: Cli, indexed: Path) -> None:
    hits = cli("search", indexed, "red", "--mode", "before", "-k", 20, "--json").json["hits"]
    by_tile = {hit["tile_id"]: hit["score"] for hit in hits}
    assert by_tile[RED_TILE] < 0.9


def test_similar_leaves_the_tile_itself_out(cli: Cli, indexed: Path) -> None:
    found = cli("similar", indexed, RED_TILE, "-k", 50, "--json").json
    assert found["query"] == RED_TILE
    assert len(found["hits"]) == 19
    assert RED_TILE not in {hit["tile_id"] for hit in found["hits"]}


def test_hits_go_to_a_file_as_well(cli: Cli, indexed: Path, tmp_path: Path) -> None:
    outcome = cli("search", indexed, "red", "-k", 3, "--json", "-o", tmp_path / "hits.gpkg")
    assert outcome.err == f"3 hits written to {tmp_path / 'hits.gpkg'}\n"
    assert len(outcome.json["hits"]) == 3
    with closing(sqlite3.connect(tmp_path / "hits.gpkg")) as database:
        assert database.execute("SELECT count(*) FROM hits").fetchone() == (3,)
    cli("similar", indexed, RED_TILE, "-k", 2, "-o", tmp_path / "hits.geojson")
    assert len(json.loads((tmp_path / "hits.geojson").read_text())["features"]) == 2
