"""How the tiles of a grid are cut into parts and batches: a function of the grid and the model alone.

So a build that was killed finds the same parts and the same batches again, and ends with the same bytes.
"""

from __future__ import annotations

from typing import NamedTuple

from changeseek.core.errors import TilingError

# What a killed build loses is at most one part: few tiles of a small index, a small share of a large one.
TILES_A_PART = 256
MOST_TILES_A_PART = 2048
_WANTED_PARTS = 256
# Their vectors take some 100 GB; more are a slip in the ground sample distance or the stride.
MOST_TILES = 50_000_000


class Part(NamedTuple):
    """Tiles `first` (included) to `last` (excluded) of the grid, written as one file; numbered from 0."""

    number: int
    first: int
    last: int


def plan_parts(rows: int, cols: int) -> tuple[Part, ...]:
    """Cut a grid into parts of whole tile rows, at least one row each.

    A part has about `TILES_A_PART` tiles; in large grids more, up to `MOST_TILES_A_PART`, so that opening an
    index does not mean opening thousands of files. Whole rows, because every row lies on source blocks of its
    own: a resumed build reads little twice.

    Raises:
        TilingError: There are more than `MOST_TILES`.
    """
    if rows * cols > MOST_TILES:
        raise TilingError(
            f"an index cannot have {rows * cols:,} tiles", "Give a larger --gsd, tile or stride, or an extent"
        )
    tiles_a_part = min(max(TILES_A_PART, rows * cols // _WANTED_PARTS), MOST_TILES_A_PART)
    rows_a_part = max(1, tiles_a_part // cols)
    starts = range(0, rows, rows_a_part)
    return tuple(
        Part(number, start * cols, min(start + rows_a_part, rows) * cols)
        for number, start in enumerate(starts)
    )
