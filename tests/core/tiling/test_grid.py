"""Tiles cover every pixel, stay inside, and have names that lead back to them."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st

from changeseek.core.errors import TilingError, UnknownTileError
from changeseek.core.raster.grid import Bounds, PixelGrid, PixelWindow, overlap_slices
from changeseek.core.tiling.grid import MAX_TILE, TileGrid
from changeseek.core.tiling.units import unit_keys, unit_window

# A busy machine may take long to look at a few hundred tiles.
SLOWLY = settings(deadline=None)


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


@st.composite
def grids_of_any_size(draw: st.DrawFn) -> TileGrid:
    """Up to the size of a world of pixels, down to one; thin ones, and tiles as large as may be."""
    sides = st.integers(1, 12) | st.integers(1, 5_000) | st.integers(1, 50_000_000)
    tile = draw(st.integers(1, 12) | st.integers(1, MAX_TILE))
    strides = st.just(tile) | st.just((tile + 1) // 2) | st.integers(1, tile)
    return TileGrid(pixels(draw(sides), draw(sides)), tile, draw(strides))


def starts(grid: TileGrid, *, down: bool) -> list[int]:
    """First rows, or columns, of the tiles; of a long side those at its ends only."""
    count = grid.rows if down else grid.cols
    numbers = range(count) if count <= 600 else [*range(300), *range(count - 300, count)]
    if down:
        return [grid.window(grid.index(number, 0)).row_off for number in numbers]
    return [grid.window(number).col_off for number in numbers]


@SLOWLY
@given(grids_of_any_size())
def test_no_size_leaves_a_gap(grid: TileGrid) -> None:
    """A tile is a row's span by a column's, so that what holds for each side holds for the pixels."""
    corner = grid.window(len(grid) - 1)
    height, width = grid.pixel_grid.height, grid.pixel_grid.width
    assert grid.window(0)[:2] == (0, 0)
    assert (corner.row_off + corner.height, corner.col_off + corner.width) == (height, width)
    for down in (True, False):
        offsets = starts(grid, down=down)
        steps = [second - first for first, second in pairwise(offsets)]
        inside = steps if len(steps) < 599 else [*steps[:299], *steps[300:]]
        assert all(0 < step <= grid.stride for step in inside)
        assert all(step == grid.stride for step in inside[:-1])


@SLOWLY
@given(grids_of_any_size())
def test_where_the_tiles_fit_no_pixel_is_counted_twice(grid: TileGrid) -> None:
    """Whole tiles side by side are as many pixels as the raster has."""
    rows, cols = (max(1, side // grid.tile) for side in (grid.pixel_grid.height, grid.pixel_grid.width))
    fitting = TileGrid(pixels(rows * grid.tile, cols * grid.tile), grid.tile, grid.tile)
    assert (fitting.rows, fitting.cols) == (rows, cols)
    assert len(fitting) * grid.tile**2 == fitting.pixel_grid.height * fitting.pixel_grid.width
    assert starts(fitting, down=True)[:300] == [row * grid.tile for row in range(rows)][:300]
    assert starts(fitting, down=False)[:300] == [col * grid.tile for col in range(cols)][:300]


@given(tile_grids())
def test_side_by_side_only_the_last_row_and_column_overlap(grid: TileGrid) -> None:
    """And by no more than they were moved inward."""
    side_by_side = TileGrid(grid.pixel_grid, grid.tile, grid.tile)
    times = np.zeros((grid.pixel_grid.height, grid.pixel_grid.width), dtype=int)
    for index in range(len(side_by_side)):
        row, col, height, width = side_by_side.window(index)
        times[row : row + height, col : col + width] += 1
    whole_rows, whole_cols = (
        side // grid.tile * grid.tile if count > 1 else side
        for side, count in zip(times.shape, (side_by_side.rows, side_by_side.cols), strict=True)
    )
    moved_rows, moved_cols = times.shape[0] - grid.tile, times.shape[1] - grid.tile
    twice_down = np.zeros(times.shape[0], dtype=bool)
    twice_across = np.zeros(times.shape[1], dtype=bool)
    twice_down[max(0, moved_rows) : whole_rows] = whole_rows < times.shape[0]
    twice_across[max(0, moved_cols) : whole_cols] = whole_cols < times.shape[1]
    assert (times == np.outer(1 + twice_down, 1 + twice_across)).all()


@SLOWLY
@given(grids_of_any_size(), st.data())
def test_units_lie_side_by_side(grid: TileGrid, data: st.DataObject) -> None:
    """Under a window is each of its pixels once: nothing between two units, nothing in both."""
    size = grid.pixel_grid
    row, col = data.draw(st.integers(0, size.height - 1)), data.draw(st.integers(0, size.width - 1))
    height = data.draw(st.integers(1, min(3000, size.height - row)))
    width = data.draw(st.integers(1, min(3000, size.width - col)))
    window = PixelWindow(row, col, height, width)
    under = [unit_window(key, size) for key in unit_keys(window)]
    inside = [overlap_slices(unit, window)[1] for unit in under]
    assert sum(area(rows) * area(cols) for rows, cols in inside) == height * width
    assert len({(rows.start, cols.start) for rows, cols in inside}) == len(under)


def area(side: slice) -> int:
    return int(side.stop - side.start)


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
