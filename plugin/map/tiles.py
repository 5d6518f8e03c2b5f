"""Where the tiles of an index lie, by arithmetic alone: a click on the map must not wait for the engine."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ...core.engine.messages import InfoAnswer
from ..layers.crs import crs_of

_TILE_ID = re.compile(r"r(\d{3,})c(\d{3,})")


@dataclass(frozen=True)
class Axis:
    """The tiles along one side of the grid, by the engine's rule: see `changeseek.core.tiling.grid`.

    Tiles start at multiples of the stride; the last one is moved inward so that it does not stick out.

    Attributes:
        size: Pixels of the grid along this side, at least 1.
        tile: Side of a tile in pixels.
        stride: Pixels from one tile to the next, 1..tile.
        count: Number of tiles along this side, at least 1.
    """

    size: int
    tile: int
    stride: int
    count: int

    @property
    def length(self) -> int:
        """Pixels that a tile covers: less than its side in a smaller raster only."""
        return min(self.tile, self.size)

    def offset(self, position: int) -> int:
        """First pixel of a tile, `position` in 0..count-1."""
        return max(0, min(position * self.stride, self.size - self.tile))

    def nearest(self, pixel: float) -> int | None:
        """The tile whose centre is nearest to a place in pixels; None outside of the grid."""
        if not 0 <= pixel <= self.size:
            return None
        start = pixel - self.length / 2
        guess = math.floor(start / self.stride + 0.5)
        # Only the last tile is off the regular steps, so the nearest is one of the guess and its neighbours.
        near = sorted({min(max(one, 0), self.count - 1) for one in (guess - 1, guess, guess + 1)})
        # Halfway between two tiles the later one has it, as a pixel belongs to the tile that starts with it.
        return min(reversed(near), key=lambda one: abs(self.offset(one) - start))


@dataclass(frozen=True)
class Tiles:
    """The grid of an index.

    Attributes:
        crs: Authority code or WKT.
        left: Outer edge in CRS units.
        top: Outer edge in CRS units.
        pixel_width: CRS units, positive.
        pixel_height: CRS units, positive: rows run southwards.
        down: The rows of tiles.
        across: The columns of tiles.
    """

    crs: str
    left: float
    top: float
    pixel_width: float
    pixel_height: float
    down: Axis
    across: Axis

    @classmethod
    def of(cls, info: InfoAnswer) -> Tiles:
        """The grid that an index was built on."""
        pixel_width, _, left, _, pixel_height, top = info.transform
        down = Axis(info.height, info.tile, info.stride, info.rows)
        across = Axis(info.width, info.tile, info.stride, info.cols)
        return cls(info.crs, left, top, pixel_width, -pixel_height, down, across)

    @property
    def reference_system(self) -> QgsCoordinateReferenceSystem:
        """The CRS of all coordinates here."""
        return crs_of(self.crs)

    @property
    def extent(self) -> QgsRectangle:
        """Outer edge of the grid, CRS units."""
        return self._rectangle(0, 0, self.down.size, self.across.size)

    def tile_at(self, x: float, y: float) -> str | None:
        """Name of the tile whose centre is nearest to a place in CRS units; None outside of the grid.

        The engine may have skipped that tile for too few valid pixels.
        """
        row = self.down.nearest((self.top - y) / self.pixel_height)
        col = self.across.nearest((x - self.left) / self.pixel_width)
        return None if row is None or col is None else f"r{row:03d}c{col:03d}"

    def has(self, tile_id: str) -> bool:
        """Whether a text names a tile of this grid."""
        return self._position(tile_id) is not None

    def bounds(self, tile_id: str) -> QgsRectangle:
        """Outer edge of a tile, CRS units.

        Raises:
            ValueError: The grid has no such tile.
        """
        position = self._position(tile_id)
        if position is None:
            raise ValueError(f"{tile_id!r} is not a tile of this grid")
        row, col = position
        return self._rectangle(
            self.down.offset(row), self.across.offset(col), self.down.length, self.across.length
        )

    def _position(self, tile_id: str) -> tuple[int, int] | None:
        match = _TILE_ID.fullmatch(tile_id)
        row, col = (int(match[1]), int(match[2])) if match else (-1, -1)
        return (row, col) if 0 <= row < self.down.count and 0 <= col < self.across.count else None

    def _rectangle(self, row_off: int, col_off: int, height: int, width: int) -> QgsRectangle:
        left = self.left + col_off * self.pixel_width
        top = self.top - row_off * self.pixel_height
        right = self.left + (col_off + width) * self.pixel_width
        bottom = self.top - (row_off + height) * self.pixel_height
        return QgsRectangle(left, bottom, right, top)
