from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.errors import TilingError
from changeseek.core.index.plan import MOST_TILES_A_PART, TILES_A_PART, plan_parts

sides = st.integers(1, 3000)


@given(rows=sides, cols=sides)
def test_parts_cover_the_grid_in_whole_rows_without_overlap(rows: int, cols: int) -> None:
    parts = plan_parts(rows, cols)
    assert parts[0].first == 0
    assert parts[-1].last == rows * cols
    assert all(one.last == next_one.first for one, next_one in pairwise(parts))
    assert all(part.first % cols == 0 and part.last > part.first for part in parts)
    assert [part.number for part in parts] == list(range(len(parts)))


@given(rows=sides, cols=sides)
def test_a_part_is_no_larger_than_it_must_be(rows: int, cols: int) -> None:
    most = max(part.last - part.first for part in plan_parts(rows, cols))
    assert most <= max(MOST_TILES_A_PART, cols)
    assert most <= max(TILES_A_PART, cols, rows * cols / 256)


def test_an_index_of_a_thousand_tiles_is_not_lost_whole() -> None:
    assert [part.last - part.first for part in plan_parts(32, 32)] == [256] * 4


def test_a_million_tiles_are_not_scattered_over_thousands_of_files() -> None:
    assert len(plan_parts(1000, 1000)) <= 500


def test_a_slip_in_the_pixel_size_is_told_before_memory_is_full() -> None:
    with pytest.raises(TilingError, match="9,000,000,000,000 tiles"):
        plan_parts(3_000_000, 3_000_000)
