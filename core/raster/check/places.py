"""Where both dates are looked at: few windows, spread evenly, that cost a bounded number of pixels."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np

from changeseek.core.raster.grid import PixelGrid, PixelWindow
from changeseek.core.raster.registration import Registration

# Pixels that may be decoded for the look, both dates together, whatever the rasters' size: about a second.
MOST_DECODED = 1 << 25
# Side of the windows and how many a side of the grid, the best first: larger windows measure finer.
_LATTICES = ((256, 4), (256, 3), (128, 4), (128, 3), (256, 2), (128, 2), (64, 3), (64, 2), (64, 1))
# A window is to have neighbours, or nothing could agree with it.
_LEAST_WINDOWS_ACROSS = 1.5
# A mosaic's own blocks say nothing about those of its files.
_MOSAIC_BLOCK = (512, 512)


def places_to_look(grid: PixelGrid, registrations: Iterable[Registration]) -> list[PixelWindow]:
    """Square windows of the grid, row by row, overlapping by half at most.

    Returns:
        At most 16 windows of 64 to 256 pixels; none where the grid is too small, or where even one window
        would cost more than MOST_DECODED pixels.
    """
    under = list(registrations)
    shortest = min(grid.width, grid.height)
    for side, count in _LATTICES:
        fits = shortest >= side * (_LEAST_WINDOWS_ACROSS if side > 64 else 1)
        if not fits:
            continue
        windows = _lattice(grid, side, count)
        if sum(_decoded(registration, windows) for registration in under) <= MOST_DECODED:
            return windows
    return []


def _lattice(grid: PixelGrid, side: int, count: int) -> list[PixelWindow]:
    rows, cols = (_starts(length, side, count) for length in (grid.height, grid.width))
    return [PixelWindow(row, col, side, side) for row, col in product(rows, cols)]


def _starts(length: int, side: int, most: int) -> list[int]:
    count = min(most, max(1, 2 * length // side - 1))
    middles = (np.arange(count) + 0.5) * (length / count) - side / 2
    return [int(start) for start in np.clip(middles, 0, length - side)]


def _decoded(registration: Registration, windows: list[PixelWindow]) -> int:
    """Pixels of a source in the blocks under windows."""
    source, factor = registration.source, registration.reduction
    height, width = _MOSAIC_BLOCK if source.driver == "VRT" else source.block
    blocks: set[tuple[int, int]] = set()
    for window in windows:
        top, left, rows, cols = (length * factor for length in registration.source_window(window))
        if rows and cols:
            down = range(top // height, (top + rows - 1) // height + 1)
            blocks.update(product(down, range(left // width, (left + cols - 1) // width + 1)))
    return len(blocks) * min(height, source.height) * min(width, source.width)
