from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from changeseek.core.index.advice import advise
from changeseek.core.model.card import ModelCard
from changeseek.core.model.loading import available_models
from changeseek.core.raster.dates import DatePair
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.tests.core.engine.rasters import write_raster

EARLY, LATE = date(2010, 5, 1), date(2020, 5, 1)


@pytest.fixture(scope="module")
def card() -> ModelCard:
    """Of a model that has seen tiles of 64 to 640 m."""
    return replace(available_models()[0], ground_sample_distance=(0.5, 5.0))


def pair_of(folder: Path, gsd: float = 1.0, gsd_after: float | None = None) -> RasterPair:
    sizes = [800 if step == gsd else int(800 * gsd / step) for step in (gsd, gsd_after or gsd)]
    before = write_raster(folder / "2010-05-01.tif", 1, sizes[0], gsd)
    return open_pair(before, write_raster(folder / "2020-05-01.tif", 2, sizes[1], gsd_after or gsd))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> RasterPair:
    return pair_of(tmp_path_factory.mktemp("pair"))


def test_where_all_is_well_there_is_no_advice(pair: RasterPair, card: ModelCard) -> None:
    assert advise(pair, TileGrid(pair.grid, 128, 128), card) == ()


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ((LATE, EARLY), "before raster (2020-05-01) is later than the after raster (2010-05-01). Swap them"),
        ((EARLY, EARLY), "both rasters are of 2010-05-01"),
        ((None, LATE), "when the before raster was taken is not known"),
        ((EARLY, None), "when the after raster was taken is not known"),
        ((None, None), "when the rasters were taken is not known"),
    ],
)
def test_dates_that_cannot_be_right(pair: RasterPair, card: ModelCard, dates: DatePair, words: str) -> None:
    [line] = advise(replace(pair, dates=dates), TileGrid(pair.grid, 128, 128), card)
    assert words in line


@pytest.mark.parametrize(
    ("tile", "words"),
    [
        (63, "a tile is 63 m wide, the model knows 64 to 640 m. Take 64 pixels"),
        (700, "a tile is 700 m wide, the model knows 64 to 640 m. Take 640 pixels"),
        (800, "one tile only"),
    ],
)
def test_tiles_that_the_model_does_not_know(pair: RasterPair, card: ModelCard, tile: int, words: str) -> None:
    assert words in "\n".join(advise(pair, TileGrid(pair.grid, tile, tile), card))


def test_a_resolution_that_no_tile_size_mends(card: ModelCard, tmp_path: Path) -> None:
    pair = pair_of(tmp_path, gsd=30.0)
    [line] = advise(pair, TileGrid(pair.grid, 128, 128), card)
    assert "Rasters of another resolution" in line


def test_pixels_that_differ_much(card: ModelCard, tmp_path: Path) -> None:
    pair = pair_of(tmp_path, gsd_after=5.0)
    [line] = advise(pair, TileGrid(pair.grid, 128, 128), card)
    assert "differ much (1 m before, 5 m after)" in line
