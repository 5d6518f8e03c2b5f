from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from changeseek.core.index.build import build_index
from changeseek.core.index.estimate import bytes_of_index, seconds_a_tile
from changeseek.core.index.sources import open_sources
from changeseek.core.index.state import tiles_done
from changeseek.core.index.store import read_record
from changeseek.core.model.interface import PairModel
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.tests.core.engine.rasters import write_raster


@pytest.mark.parametrize("tile", [8, 128, 2048])
def test_any_tile_is_timed_without_much_memory(make_colour_model: type[PairModel], tile: int) -> None:
    model = make_colour_model()
    assert seconds_a_tile(model, tile) > 0
    count, _, height, width = model.batch_shapes[0]  # type: ignore[attr-defined]
    assert count * height * width * 6 <= 1 << 26


def test_an_index_opens_the_rasters_that_it_was_built_of(
    make_colour_model: type[PairModel], tmp_path: Path
) -> None:
    before, after = write_raster(tmp_path / "2001.tif", 1, 96), write_raster(tmp_path / "2002.tif", 2, 96)
    pair = open_pair(before, after)
    directory = tmp_path / "i.csx"
    build_index(pair, TileGrid(pair.grid, 16, 8), make_colour_model(), directory)
    record = read_record(directory)
    # How different the light is was told when it was built; nobody measures it again.
    assert open_sources(record) == (replace(pair, gap=None), TileGrid(pair.grid, 16, 8))
    assert tiles_done(directory, record) == 121
    assert bytes_of_index(record) > 121 * 3 * 2 * record.model.dimensions
