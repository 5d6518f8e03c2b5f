"""Which tiles a raster has, where each lies and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changeseek.core.errors import TilingError, UnknownTileError
from changeseek.core.raster.grid import Bounds, PixelGrid, PixelWindow

if TYPE_CHECKING:
    from shapely import Polygon

_TILE_ID = re.compile(r"r(\d{3,})c(\d{3,})")

# A batch of such tiles still fits a small machine; the model sees a few hundred pixels of each anyway.
MAX_TILE = 2048


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Square tiles over a pixel grid, numbered row by row from the upper left.

    Tiles start at multiples of the stride; the last row and column are moved inward so that every
    pixel is covered and no tile sticks out. A raster smaller than a tile has one tile, whose window
    and geometry are the raster's own (its patch is padded when it is read).

    Attributes:
        pixel_grid: The grid that is tiled.
        tile: Side of a tile in pixels, at least 1.
        stride: Pixels from one tile to the next, 1..tile.

    Raises:
        TilingError: Tile or stride are not of that kind.
    """

    pixel_grid: PixelGrid
    tile: int
    stride: int

    def __post_init__(self) -> None:
        if self.tile <= 0:
            raise TilingError(
                f"a tile cannot be {self.tile} pixels wide", "Give a tile size of 1 pixel or more"
            )
        if self.tile > MAX_TILE:
            raise TilingError(
                f"a tile cannot be {self.tile} pixels wide",
                f"Give at most {MAX_TILE}, and a larger --gsd for more ground in a tile",
            )
        if self.stride <= 0:
            raise TilingError(f"a stride cannot be {self.stride} pixels", "Give a stride of 1 pixel or more")
        if self.stride > self.tile:
            raise TilingError(
                f"a stride of {self.stride} pixels leaves gaps between tiles of {self.tile}",
                "Give a stride that is at most the tile size",
            )

    @property
    def rows(self) -> int:
        """Number of tile rows, at least 1."""
        return self._count(self.pixel_grid.height)

    @property
    def cols(self) -> int:
        """Number of tile columns, at least 1."""
        return self._count(self.pixel_grid.width)

    def __len__(self) -> int:
        return self.rows * self.cols

    def row_col(self, index: int) -> tuple[int, int]:
        """Tile row and column of a tile index in 0..len-1."""
        if not 0 <= index < len(self):
            raise UnknownTileError(
                f"there is no tile number {index}", f"Tiles are numbered 0 to {len(self) - 1}"
            )
        return divmod(index, self.cols)

    def index(self, row: int, col: int) -> int:
        """Tile index of a tile row and column."""
        if not (0 <= row < self.rows and 0 <= col < self.cols):
            raise UnknownTileError(
                f"there is no tile in row {row}, column {col}",
                f"The grid has {self.rows} rows and {self.cols} columns",
            )
        return row * self.cols + col

    def tile_id(self, index: int) -> str:
        """Name of a tile, `r012c034`; at least three digits each, more where the grid needs them."""
        row, col = self.row_col(index)
        return f"r{row:03d}c{col:03d}"

    def parse(self, tile_id: str) -> int:
        """Tile index of a tile's name; the inverse of `tile_id`."""
        match = _TILE_ID.fullmatch(tile_id)
        if match is None:
            raise UnknownTileError(f"{tile_id!r} is not a tile id", "Tile ids look like r012c034")
        index = self.index(int(match[1]), int(match[2]))
        if self.tile_id(index) != tile_id:
            raise UnknownTileError(
                f"{tile_id!r} is not a tile id", f"This tile is called {self.tile_id(index)}"
            )
        return index

    def window(self, index: int) -> PixelWindow:
        """Pixels of a tile: (row_off, col_off, height, width); smaller only in a smaller raster."""
        row, col = self.row_col(index)
        height, width = self.pixel_grid.height, self.pixel_grid.width
        return PixelWindow(
            self._offset(row, height), self._offset(col, width), min(self.tile, height), min(self.tile, width)
        )

    def bounds(self, index: int) -> Bounds:
        """Outer edge of a tile: (xmin, ymin, xmax, ymax) in the grid's CRS."""
        return self.pixel_grid.window_bounds(self.window(index))

    def polygon(self, index: int) -> Polygon:
        """Outline of a tile in the grid's CRS."""
        from shapely import box

        return box(*self.bounds(index))

    def _count(self, size: int) -> int:
        return 1 if size <= self.tile else -(-(size - self.tile) // self.stride) + 1

    def _offset(self, position: int, size: int) -> int:
        return max(0, min(position * self.stride, size - self.tile))
