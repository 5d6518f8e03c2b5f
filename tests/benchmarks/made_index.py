"""An index of any size without embedding anything: the program's own files with random vectors."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from changeseek.core.index.describe import describe
from changeseek.core.index.files import write_text_whole
from changeseek.core.index.layout import TILES, manifest_path, part_path
from changeseek.core.index.manifest import IndexRecord, TileCounts
from changeseek.core.index.parts import TileRows, write_part
from changeseek.core.index.plan import Part
from changeseek.core.index.stac import embedding_fields, to_json
from changeseek.core.model.interface import PairEmbeddings, PairModel, Vectors
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.tests.benchmarks.settings import Settings


def write_index(directory: Path, settings: Settings, model: PairModel, tiles: int) -> None:
    """Write a finished index of about so many tiles over the rasters, as if they were that large."""
    pair = open_pair(settings.before, settings.after)
    cols = math.isqrt(tiles)
    size = (cols * settings.tile, -(-tiles // cols) * settings.tile)
    grid = TileGrid(PixelGrid(pair.grid.crs, pair.grid.transform, *size), settings.tile, settings.tile)
    record = replace(
        describe(pair, grid, model), state="complete", counts=TileCounts(indexed=len(grid), skipped=0)
    )
    (directory / TILES).mkdir(parents=True)
    write_text_whole(manifest_path(directory), to_json(record))
    _write_parts(directory, record, grid)


def _write_parts(directory: Path, record: IndexRecord, grid: TileGrid) -> None:
    chance = np.random.default_rng(2)
    for part in record.plan.parts:
        vectors = PairEmbeddings(*_random(chance, part.last - part.first, record.model.dimensions))
        rows = _rows(part, grid, vectors)
        write_part(part_path(directory, part.number), rows, record.grid.crs, embedding_fields(record))


def _random(chance: np.random.Generator, count: int, dimensions: int) -> Iterator[Vectors]:
    """Three times (N, D) float32 of unit length."""
    for _ in PairEmbeddings._fields:
        vectors = chance.standard_normal((count, dimensions), dtype=np.float32)
        yield vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _rows(part: Part, grid: TileGrid, vectors: PairEmbeddings) -> TileRows:
    numbers = range(part.first, part.last)
    rows, cols = np.divmod(np.arange(part.first, part.last, dtype=np.int32), np.int32(grid.cols))
    footprints = np.array([grid.polygon(number) for number in numbers], dtype=object)
    tile_ids = [grid.tile_id(number) for number in numbers]
    valid = np.ones(len(numbers), np.float32)
    difference = np.arange(len(numbers), dtype=np.float32) % 255
    return TileRows(tile_ids, rows, cols, footprints, valid, difference, vectors)
