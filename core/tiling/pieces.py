"""Sources cut along their own blocks into pieces, each of which is decoded once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rasterio.errors import RasterioError

from changeseek.core.errors import MachineFaultError
from changeseek.core.raster.bilinear import Bytes
from changeseek.core.raster.decode import decode
from changeseek.core.raster.grid import PixelWindow, overlap_slices
from changeseek.core.raster.radiometry import Stretch
from changeseek.core.raster.reduce import reduce_pixels, weigh
from changeseek.core.raster.registration import Registration
from changeseek.core.tiling.handles import Handles

# Source pixels that a piece should have; more only where a single block is larger.
PIECE_PIXELS = 1 << 19
_PIECE_ROWS = 256
# A mosaic's own blocks say nothing about those of its files: cut it along the usual ones.
_MOSAIC_BLOCK = 512
# A larger grid that does not coincide with the source is not laid over all of it to find its outline: next to
# its area, what the outermost pieces hold too much is little.
_MOST_GRID_PIXELS = 1 << 28


class PieceKey(NamedTuple):
    """Row and column of a piece in its lattice."""

    row: int
    col: int


@dataclass(frozen=True, slots=True)
class PieceLattice:
    """How a source is cut.

    Attributes:
        registration: The source under the working grid.
        height: Rows of a piece in reduced source pixels.
        width: Columns of a piece in reduced source pixels.
        needed: Reduced source pixels that the working grid needs; pieces end where it ends.
    """

    registration: Registration
    height: int
    width: int
    needed: PixelWindow

    def keys(self, window: PixelWindow) -> list[PieceKey]:
        """Pieces that a window of the reduced source touches."""
        if window.height == 0 or window.width == 0:
            return []
        rows = range(window.row_off // self.height, (window.row_off + window.height - 1) // self.height + 1)
        cols = range(window.col_off // self.width, (window.col_off + window.width - 1) // self.width + 1)
        return [PieceKey(row, col) for row in rows for col in cols]

    def window(self, key: PieceKey) -> PixelWindow:
        """Reduced source pixels of a piece."""
        top, bottom = _clip(key.row, self.height, self.needed.row_off, self.needed.height)
        left, right = _clip(key.col, self.width, self.needed.col_off, self.needed.width)
        return PixelWindow(top, left, bottom - top, right - left)

    def source_window(self, key: PieceKey) -> PixelWindow:
        """Stored pixels of a piece."""
        source, factor = self.registration.source, self.registration.reduction
        top, left, height, width = (side * factor for side in self.window(key))
        return PixelWindow(top, left, min(height, source.height - top), min(width, source.width - left))


def _clip(number: int, size: int, needed: int, needed_size: int) -> tuple[int, int]:
    """Start and end of a side of a piece."""
    return max(number * size, needed), min((number + 1) * size, needed + needed_size)


def plan_pieces(registration: Registration) -> PieceLattice:
    """Cut what the grid needs of a source along the source's blocks, so that no block lies in two pieces."""
    return PieceLattice(registration, *piece_shape(registration), _needed(registration))


def piece_shape(registration: Registration) -> tuple[int, int]:
    """Rows and columns of a piece in reduced source pixels."""
    source, factor = registration.source, registration.reduction
    block_height, block_width = (_MOSAIC_BLOCK, _MOSAIC_BLOCK) if source.driver == "VRT" else source.block
    row_step = math.lcm(min(block_height, source.height), factor)
    col_step = math.lcm(min(block_width, source.width), factor)
    height = row_step * max(1, min(_PIECE_ROWS, PIECE_PIXELS // col_step) // row_step)
    width = col_step * max(1, PIECE_PIXELS // height // col_step)
    return height // factor, width // factor


def _needed(registration: Registration) -> PixelWindow:
    """Reduced source pixels under the whole grid; all of them where to find out would take long."""
    grid = registration.grid
    if registration.offset is None and grid.width * grid.height > _MOST_GRID_PIXELS:
        return PixelWindow(0, 0, *registration.shape)
    return registration.source_window(PixelWindow(0, 0, grid.height, grid.width))


class PieceStore:
    """Pieces of one source, decoded ahead by an executor and kept as long as they are needed."""

    def __init__(self, lattice: PieceLattice, stretch: Stretch, handles: Handles, executor: Executor) -> None:
        self.lattice = lattice
        self._stretch = stretch
        self._handles = handles
        self._executor = executor
        self._pieces: dict[PieceKey, Future[Bytes]] = {}

    def request(self, keys: Iterable[PieceKey]) -> None:
        """Have pieces decoded that are not yet."""
        for key in keys:
            if key not in self._pieces:
                self._pieces[key] = self._executor.submit(self._load, key)

    def keep_only(self, keys: Iterable[PieceKey]) -> None:
        """Forget all other pieces."""
        kept = set(keys)
        self._pieces = {key: piece for key, piece in self._pieces.items() if key in kept}

    def wait(self, keys: Iterable[PieceKey]) -> dict[PieceKey, Bytes]:
        """Requested pieces, each (4, h, w) uint8: red, green, blue, validity."""
        return {key: self._pieces[key].result() for key in keys}

    def _load(self, key: PieceKey) -> Bytes:
        registration = self.lattice.registration
        source = registration.source
        with self._handles.borrow() as dataset:
            try:
                values, valid = decode(dataset, source, self.lattice.source_window(key))
            except RasterioError as error:
                raise MachineFaultError(
                    f"{source.name} could not be read",
                    "Check the file and its disk, then run the same again to go on",
                ) from error
        return reduce_pixels(weigh(self._stretch.apply(values), valid), registration.reduction)


def assemble(lattice: PieceLattice, pieces: Mapping[PieceKey, Bytes], window: PixelWindow) -> Bytes:
    """Pixels (4, h, w) of a window of the reduced source from the pieces that it touches."""
    pixels = np.empty((4, window.height, window.width), dtype=np.uint8)
    for key in lattice.keys(window):
        place = lattice.window(key)
        inner, outer = overlap_slices(place, window)
        pixels[:, *outer] = pieces[key][:, *inner]
    return pixels
