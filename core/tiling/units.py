"""The working grid cut into units: each is resampled once, whoever asks for which tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.bilinear import Bytes
from changeseek.core.raster.grid import PixelGrid, PixelWindow, overlap_slices
from changeseek.core.raster.resample import resample
from changeseek.core.tiling.pieces import PieceKey, PieceLattice, assemble

UNIT_ROWS = 128
UNIT_COLUMNS = 1024
# What a pixel without data shows, on both dates: no colour, and nothing that looks like a change.
NO_DATA_GREY = 128


class UnitKey(NamedTuple):
    """Row and column of a unit in the working grid."""

    row: int
    col: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Both dates on one piece of the working grid.

    Attributes:
        pixels: (2, 3, H, W) uint8; NO_DATA_GREY where one of the dates has no data.
        valid: (H, W) bool, both dates have data.
    """

    pixels: NDArray[np.uint8]
    valid: NDArray[np.bool_]


def unit_keys(window: PixelWindow) -> list[UnitKey]:
    """Units that a window of the working grid touches, row by row."""
    rows = range(window.row_off // UNIT_ROWS, (window.row_off + window.height - 1) // UNIT_ROWS + 1)
    cols = range(window.col_off // UNIT_COLUMNS, (window.col_off + window.width - 1) // UNIT_COLUMNS + 1)
    return [UnitKey(row, col) for row in rows for col in cols]


def unit_window(key: UnitKey, grid: PixelGrid) -> PixelWindow:
    """Pixels of the working grid that a unit holds."""
    top, left = key.row * UNIT_ROWS, key.col * UNIT_COLUMNS
    return PixelWindow(top, left, min(UNIT_ROWS, grid.height - top), min(UNIT_COLUMNS, grid.width - left))


def make_unit(
    key: UnitKey, lattices: tuple[PieceLattice, ...], pieces: tuple[Mapping[PieceKey, Bytes], ...]
) -> Unit:
    """Resample both dates onto a unit from the pieces under it."""
    before, after = (
        _resample_date(key, lattice, parts) for lattice, parts in zip(lattices, pieces, strict=True)
    )
    valid = (before[3] > 0) & (after[3] > 0)
    pixels = np.stack([before[:3], after[:3]])
    if not valid.all():
        pixels[:, :, ~valid] = NO_DATA_GREY
    return Unit(pixels, valid)


def _resample_date(key: UnitKey, lattice: PieceLattice, pieces: Mapping[PieceKey, Bytes]) -> Bytes:
    window = unit_window(key, lattice.registration.grid)
    under = lattice.registration.source_window(window)
    return resample(assemble(lattice, pieces, under), under, lattice.registration, window)


def cut(
    units: Mapping[UnitKey, Unit], window: PixelWindow, grid: PixelGrid
) -> tuple[NDArray[np.uint8], float]:
    """Pixels (2, 3, h, w) of a window and the fraction of them that is valid on both dates."""
    pixels = np.empty((2, 3, window.height, window.width), dtype=np.uint8)
    valid = 0
    for key in unit_keys(window):
        inner, outer = overlap_slices(unit_window(key, grid), window)
        pixels[..., *outer] = units[key].pixels[..., *inner]
        valid += int(np.count_nonzero(units[key].valid[inner]))
    return pixels, valid / (window.height * window.width)
