"""What the reader hands over: patches of a run of tiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PatchBlock:
    """Patches of a run of tiles.

    Attributes:
        indices: (N,) int64 tile indices, ascending.
        patches: (N, 2, 3, T, T) uint8, 0..255: date (before, after), red green blue, rows, columns. Grey
            128 on both dates where one has no data. A raster smaller than a tile is continued by
            reflection beyond its lower and right edge.
        valid: (N,) float32, 0..1: part of the tile's pixels that have data on both dates; what is
            continued beyond the raster does not count.
    """

    indices: NDArray[np.int64]
    patches: NDArray[np.uint8]
    valid: NDArray[np.float32]
