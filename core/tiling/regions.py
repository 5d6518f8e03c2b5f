"""Runs of tiles that are read in one go, cut so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.registration import Registration
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.pieces import piece_shape
from changeseek.core.tiling.units import UNIT_COLUMNS, UNIT_ROWS

# Bytes of decoded pixels that one region may hold at a time, both dates together.
MAX_REGION_BYTES = 1 << 30
# Rows of units whose pieces are decoded while one row is resampled.
UNIT_ROWS_AHEAD = 1

Region = list[NDArray[np.int64]]
"""Tile indices, one array a tile row."""


def plan_regions(
    tile_grid: TileGrid, wanted: NDArray[np.int64], registrations: tuple[Registration, ...]
) -> Iterator[Region]:
    """Cut the wanted tiles into regions; all of them are one region unless the grid is very wide.

    In a grid too wide for the bound each tile row is cut into runs of columns, each a region: tiles
    keep their order, and blocks that two regions share are decoded for each.
    """
    rows = [
        np.fromiter(row, dtype=np.int64) for _, row in groupby(wanted.tolist(), lambda i: i // tile_grid.cols)
    ]
    if not rows:
        return
    columns = MAX_REGION_BYTES // _bytes_per_column(tile_grid, registrations)
    if tile_grid.pixel_grid.width <= columns:
        yield rows
        return
    tiles = max(1, (columns - 2 * UNIT_COLUMNS) // tile_grid.stride)
    for row in rows:
        for _, run in groupby(row.tolist(), lambda i: i % tile_grid.cols // tiles):
            yield [np.fromiter(run, dtype=np.int64)]


def _bytes_per_column(tile_grid: TileGrid, registrations: tuple[Registration, ...]) -> int:
    """Bytes held at a time for each column of the grid: units of a tile row, pieces under rows of units."""
    units = 7 * (min(tile_grid.tile, tile_grid.pixel_grid.height) + 2 * UNIT_ROWS)
    return units + sum(_piece_bytes(registration) for registration in registrations)


def _piece_bytes(registration: Registration) -> int:
    across, down = registration.ratio
    rows = (1 + UNIT_ROWS_AHEAD) * UNIT_ROWS * down + 2 * piece_shape(registration)[0]
    return int(4 * rows * across)
