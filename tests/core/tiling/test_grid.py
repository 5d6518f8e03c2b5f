"""Tiles cover every pixel, stay inside, and have names that lead back to them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.errors import TilingError, UnknownTileError
from changeseek.core.raster.grid import Bounds, PixelGrid
from changeseek.core.tiling.grid import TileGrid


def pixels(height: int, width: int) -> PixelGrid:
    return PixelGrid("EPSG:32615", Affine(2.0, 0.0, 1000.0, 0.0, -2.0, 5000.0), width, height)


@st.composite
def tile_grids(draw: st.DrawFn) -> TileGrid:
    height, width = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    tile = draw(st.integers(1, 30))
    return TileGrid(pixels(height, width), tile, draw(st.integers(1, tile)))


@given(tile_grids())
def test_every_pixel_is_covered_and_no_tile_sticks_out(grid: TileGrid) -> None:
    covered = np.zeros((grid.pixel_grid.height, grid.pixel_grid.width), dtype=bool)
    for index in range(len(grid)):
        row, col, height, width = grid.window(index)
        assert min(row, col) >= 0
        assert (height, width) == (min(grid.tile, covered.shape[0]), min(grid.tile, covered.shape[1]))
        assert row + height <= covered.shape[0]
        assert col + width <= covered.shape[1]
        covered[row : row + height, col : col + width] = True
    assert covered.all()


@given(tile_grids())
def test_all_but_the_last_start_at_multiples_of_the_stride(grid: TileGrid) -> None:
    for index in range(len(grid)):
        row, col = grid.row_col(index)
        window = grid.window(index)
        assert window.row_off == row * grid.stride or row == grid.rows - 1
        assert window.col_off == col * grid.stride or col == grid.cols - 1


@given(tile_grids())
def test_there_are_as_many_tiles_as_it_takes(grid: TileGrid) -> None:
    sides = [(grid.rows, grid.pixel_grid.height), (grid.cols, grid.pixel_grid.width)]
    for count, size in sides:
        assert count == 1 + max(0, math.ceil((size - grid.tile) / grid.stride))
    assert len(grid) == grid.rows * grid.cols


@given(tile_grids())
def test_a_name_leads_back_to_its_tile(grid: TileGrid) -> None:
    names = [grid.tile_id(index) for index in range(len(grid))]
    assert len(set(names)) == len(names)
    assert [grid.parse(name) for name in names] == list(range(len(grid)))
    assert [grid.index(*grid.row_col(index)) for index in range(len(grid))] == list(range(len(grid)))


def test_names_have_three_digits_or_more() -> None:
    grid = TileGrid(pixels(1200, 1100), 1, 1)
    assert grid.tile_id(grid.index(12, 34)) == "r012c034"
    assert grid.tile_id(grid.index(1199, 1000)) == "r1199c1000"
    assert grid.row_col(grid.parse("r1199c1000")) == (1199, 1000)


@pytest.mark.parametrize("name", ["", "r1c1", "r000c000 ", "R000C000", "r0000c000", "c000r000", "r010c000"])
def test_a_name_of_no_tile_is_refused(name: str) -> None:
    with pytest.raises(UnknownTileError):
        TileGrid(pixels(40, 40), 10, 10).parse(name)


@pytest.mark.parametrize("index", [-1, 16])
def test_a_number_of_no_tile_is_refused(index: int) -> None:
    with pytest.raises(UnknownTileError, match="numbered 0 to 15"):
        TileGrid(pixels(40, 40), 10, 10).window(index)


@pytest.mark.parametrize(("tile", "stride"), [(0, 1), (-5, 1), (10, 0), (10, -1), (10, 11), (2049, 9)])
def test_impossible_tiles_are_refused(tile: int, stride: int) -> None:
    with pytest.raises(TilingError):
        TileGrid(pixels(40, 40), tile, stride)


def test_a_tile_has_a_place_on_the_map() -> None:
    grid = TileGrid(pixels(25, 35), 10, 10)
    assert grid.bounds(0) == Bounds(1000.0, 4980.0, 1020.0, 5000.0)
    assert grid.bounds(len(grid) - 1) == Bounds(1050.0, 4950.0, 1070.0, 4970.0)
    assert grid.polygon(0).bounds == grid.bounds(0)


def test_a_raster_smaller_than_a_tile_has_one_tile_of_its_own_shape() -> None:
    grid = TileGrid(pixels(3, 50), 10, 10)
    assert (grid.rows, grid.cols) == (1, 5)
    small = TileGrid(pixels(3, 4), 10, 10)
    assert len(small) == 1
    assert small.bounds(0) == small.pixel_grid.bounds
