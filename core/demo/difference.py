"""Pixel difference: the plain way to find change, to which the demo compares its rankings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.pair import RasterPair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches


def rank_by_difference(pair: RasterPair, tile_grid: TileGrid, tile_ids: Sequence[str]) -> list[str]:
    """The tiles by how much their two dates differ, most first.

    What is compared are the patches that the model sees: on one grid, and with the light of the later date
    matched to the earlier over the whole scene.
    """
    differences = pixel_differences(pair, tile_grid)[[tile_grid.parse(tile_id) for tile_id in tile_ids]]
    return [tile_ids[place] for place in np.argsort(-differences, kind="stable")]


def pixel_differences(pair: RasterPair, tile_grid: TileGrid) -> NDArray[np.float32]:
    """(N,) mean absolute difference of the two dates of every tile, 0..255."""
    differences = np.zeros(len(tile_grid), dtype=np.float32)
    for block in read_patches(pair, tile_grid):
        before, after = block.patches[:, 0].astype(np.int16), block.patches[:, 1]
        differences[block.indices] = np.abs(before - after).mean(axis=(1, 2, 3), dtype=np.float32)
    return differences
