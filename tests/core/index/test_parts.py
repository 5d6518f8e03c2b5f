from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from changeseek.core.errors import IndexFolderError
from changeseek.core.index.layout import part_path
from changeseek.core.index.parts import read_columns, rows_in
from changeseek.core.index.store import Index
from changeseek.core.model.interface import PairEmbeddings


@pytest.fixture
def part(forty_tiles: Index) -> Path:
    return part_path(forty_tiles.directory, 0)


def test_a_part_is_geoparquet_with_the_crs_and_a_box_to_filter_by(part: Path) -> None:
    geo = json.loads(pq.read_metadata(part).metadata[b"geo"])
    geometry = geo["columns"][geo["primary_column"]]
    assert geo["version"] == "1.1.0"
    assert geometry["encoding"] == "WKB"
    assert geometry["crs"]["type"] == "ProjectedCRS"
    assert geometry["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert geometry["bbox"] == [500000.0, 4999984.0, 500640.0, 5000000.0]


def test_each_row_is_a_tile_with_three_half_precision_vectors(part: Path) -> None:
    table = pq.read_table(part)
    assert table.column_names == [
        "tile_id", "row", "col", "geometry", "bbox", "valid_fraction", "alignment_shift",
        "pixel_difference",        "before", "after", "change",
    ]  # fmt: skip
    assert str(table.schema.field("change").type).startswith("fixed_size_list<element: halffloat")
    assert table["alignment_shift"].null_count == 40
    assert b"not measured" in table.schema.field("alignment_shift").metadata[b"description"]
    footprint = shapely.from_wkb(table["geometry"][1].as_py())
    assert tuple(table["bbox"][1].as_py().values()) == footprint.bounds


def test_the_metadata_says_how_the_vectors_came_about(part: Path) -> None:
    embedding = json.loads(pq.read_metadata(part).metadata[b"emb"])
    assert embedding["emb:type"] == "chip"
    assert embedding["emb:dimensions"] == 16
    assert embedding["emb:chip_layout"]["chip_size"] == [16, 16]


def test_vectors_come_back_in_unit_length(forty_tiles: Index, random_vectors: PairEmbeddings) -> None:
    change = forty_tiles.vectors("change")
    assert change.dtype == np.float32
    assert np.linalg.norm(change, axis=1) == pytest.approx(np.ones(40), abs=1e-6)
    assert change == pytest.approx(random_vectors.change, abs=1e-3)


def test_a_missing_or_damaged_part_is_no_part(part: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.parquet"
    damaged.write_bytes(part.read_bytes()[:500])
    assert rows_in(part) == 40
    assert rows_in(damaged) is None
    assert rows_in(tmp_path / "missing.parquet") is None
    for path in (damaged, tmp_path / "missing.parquet"):
        with pytest.raises(IndexFolderError, match=r"parquet is (damaged|missing)\. Run the same"):
            read_columns([path], ["tile_id"])
