"""How the tiles of a grid are cut into parts and batches: a function of the grid and the model alone.

So a build that was killed finds the same parts and the same batches again, and ends with the same bytes.
"""

from __future__ import annotations

from typing import NamedTuple

TILES_A_PART = 2048


class Part(NamedTuple):
    """Tiles `first` (included) to `last` (excluded) of the grid, written as one file; numbered from 0."""

    number: int
    first: int
    last: int


def plan_parts(rows: int, cols: int) -> tuple[Part, ...]:
    """Cut a grid into parts of whole tile rows, about `TILES_A_PART` tiles each, at least one row.

    Whole rows, because every row lies on source blocks of its own: a resumed build reads little twice.
    """
    rows_a_part = max(1, TILES_A_PART // cols)
    starts = range(0, rows, rows_a_part)
    return tuple(
        Part(number, start * cols, min(start + rows_a_part, rows) * cols)
        for number, start in enumerate(starts)
    )
