"""Rolls over the units under a region's tile rows while the pieces ahead of them are decoded."""

from __future__ import annotations

from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.grid import PixelWindow
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.pieces import PieceKey, PieceStore
from changeseek.core.tiling.regions import UNIT_ROWS_AHEAD, Region
from changeseek.core.tiling.units import Unit, UnitKey, make_unit, unit_keys, unit_window


class UnitRows:
    """Units under the current tile row.

    Args:
        tile_grid: The tiles.
        region: Tile indices, one array a tile row.
        stores: Pieces of the before and the after date.
        executor: Threads that resample.
    """

    def __init__(
        self, tile_grid: TileGrid, region: Region, stores: tuple[PieceStore, PieceStore], executor: Executor
    ) -> None:
        self._tile_grid = tile_grid
        self._stores = stores
        self._executor = executor
        self._units: dict[UnitKey, Unit] = {}
        self._plan = self._plan_rows(region)
        self._position = 0
        for ahead in range(UNIT_ROWS_AHEAD):
            self._request(ahead)

    def advance(self, row: NDArray[np.int64]) -> dict[UnitKey, Unit]:
        """Units under the next tile row of the region."""
        window = self._tile_grid.window(int(row[0]))
        rows = [key.row for key in unit_keys(window)]
        self._units = {key: unit for key, unit in self._units.items() if key.row >= rows[0]}
        while self._position < len(self._plan) and self._plan[self._position][0].row <= rows[-1]:
            self._make_row()
        return self._units

    def _plan_rows(self, region: Region) -> list[list[UnitKey]]:
        rows: dict[int, set[UnitKey]] = {}
        for tile_row in region:
            for key in self._under(tile_row):
                rows.setdefault(key.row, set()).add(key)
        # From top to bottom, or pieces that two rows share would be forgotten between them.
        return [sorted(keys) for _, keys in sorted(rows.items())]

    def _under(self, tile_row: NDArray[np.int64]) -> set[UnitKey]:
        """Units under a tile row, without looking at each tile where tiles follow each other."""
        breaks = np.flatnonzero(np.diff(tile_row) > 1) + 1
        return {key for run in np.split(tile_row, breaks) for key in unit_keys(self._span(run))}

    def _span(self, run: NDArray[np.int64]) -> PixelWindow:
        first, last = self._tile_grid.window(int(run[0])), self._tile_grid.window(int(run[-1]))
        return first._replace(width=last.col_off + last.width - first.col_off)

    def _make_row(self) -> None:
        """Resample the next row of units; meanwhile the pieces of those after it are decoded."""
        self._request(self._position + UNIT_ROWS_AHEAD)
        keys = self._plan[self._position]
        lattices = self._stores[0].lattice, self._stores[1].lattice
        pieces = tuple(store.wait(self._pieces_under(keys, store)) for store in self._stores)
        units = [self._executor.submit(make_unit, key, lattices, pieces) for key in keys]
        self._units.update((key, unit.result()) for key, unit in zip(keys, units, strict=True))
        self._position += 1
        self._forget()

    def _request(self, position: int) -> None:
        for store in self._stores:
            for keys in self._plan[position : position + 1]:
                store.request(self._pieces_under(keys, store))

    def _forget(self) -> None:
        ahead = [
            key for keys in self._plan[self._position : self._position + UNIT_ROWS_AHEAD] for key in keys
        ]
        for store in self._stores:
            store.keep_only(self._pieces_under(ahead, store))

    def _pieces_under(self, keys: list[UnitKey], store: PieceStore) -> list[PieceKey]:
        lattice = store.lattice
        registration = lattice.registration
        windows = (registration.source_window(unit_window(key, registration.grid)) for key in keys)
        return list(dict.fromkeys(piece for window in windows for piece in lattice.keys(window)))
