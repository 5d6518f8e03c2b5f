"""Indexes written straight to disk from given vectors, for tests of what reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from changeseek.core.index.files import write_text_whole
from changeseek.core.index.layout import TILES, manifest_path, part_path
from changeseek.core.index.manifest import (
    GridRecord,
    IndexRecord,
    ModelRecord,
    Plan,
    SourceRecord,
    TileCounts,
)
from changeseek.core.index.parts import TileRows, write_part
from changeseek.core.index.plan import plan_parts
from changeseek.core.index.stac import embedding_fields, to_json
from changeseek.core.index.store import Index, open_index
from changeseek.core.model.interface import PairEmbeddings, Vectors

MakeIndex = Callable[[PairEmbeddings], Index]
PIXELS = 16


def record_of(rows: int, cols: int, dimensions: int) -> IndexRecord:
    """The record of a finished index of rows x cols tiles without overlap, all valid."""
    grid = GridRecord(
        crs="EPSG:32633",
        transform=(1.0, 0.0, 500000.0, 0.0, -1.0, 5000000.0),
        width=cols * PIXELS,
        height=rows * PIXELS,
        gsd=1.0,
        tile=PIXELS,
        stride=PIXELS,
        rows=rows,
        cols=cols,
    )
    return IndexRecord(
        before=SourceRecord("/somewhere/before.tif", 10, 1.5e9, "EPSG:32633", (1, 2, 3), "2009-08-18"),
        after=SourceRecord("/somewhere/after.tif", 11, 1.6e9, "EPSG:4326", (3, 2, 1), "2015-09-26"),
        grid=grid,
        model=ModelRecord("colours", "c0" * 32, dimensions, 8),
        preprocessing={"least_valid_fraction": 0.5},
        plan=Plan(4, plan_parts(rows, cols)),
        state="complete",
        counts=TileCounts(rows * cols, 0),
    )


@pytest.fixture
def record() -> IndexRecord:
    return record_of(3, 4, 16)


def write_index(directory: Path, vectors: PairEmbeddings) -> Index:
    """Write vectors of N tiles as an index of one row of tiles, and open it."""
    count, dimensions = vectors.change.shape
    record = record_of(1, count, dimensions)
    (directory / TILES).mkdir(parents=True)
    write_text_whole(manifest_path(directory), to_json(record))
    left = 500000.0 + PIXELS * np.arange(count)
    rows = TileRows(
        [f"r000c{col:03d}" for col in range(count)],
        np.zeros(count, np.int32),
        np.arange(count, dtype=np.int32),
        shapely.box(left, 5000000.0 - PIXELS, left + PIXELS, 5000000.0),
        np.ones(count, np.float32),
        np.zeros(count, np.float32),
        vectors,
    )
    write_part(part_path(directory, 0), rows, record.grid.crs, embedding_fields(record))
    return open_index(directory)


@pytest.fixture
def make_index(tmp_path: Path) -> MakeIndex:
    return lambda vectors: write_index(tmp_path / "made.csx", vectors)


@pytest.fixture(scope="session")
def random_vectors() -> PairEmbeddings:
    """Vectors of 40 tiles in 16 dimensions."""
    chance = np.random.default_rng(3)

    def some() -> Vectors:
        vectors = chance.normal(size=(40, 16)).astype(np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    return PairEmbeddings(some(), some(), some())


@pytest.fixture(scope="session")
def forty_tiles(tmp_path_factory: pytest.TempPathFactory, random_vectors: PairEmbeddings) -> Index:
    return write_index(tmp_path_factory.mktemp("forty") / "made.csx", random_vectors)
