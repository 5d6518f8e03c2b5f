"""Which tiles a change mask of the before image calls changed, and how well a ranking finds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from changeseek.core.demo.figures import average_precision
from changeseek.core.raster.pair import RasterPair
from changeseek.core.tiling.grid import TileGrid

LEAST_SHARE = 0.02


def changed_tiles(mask_file: Path, pair: RasterPair, grid: TileGrid) -> set[str]:
    """Ids of the tiles of which more than `LEAST_SHARE` is marked.

    The mask lies on the before image pixel for pixel; where their sizes differ by a little it is stretched.
    """
    size = pair.before.width, pair.before.height
    mask = np.asarray(Image.open(mask_file).convert("L").resize(size, Image.Resampling.NEAREST)) > 0
    found = set()
    for number in range(len(grid)):
        window = grid.window(number)
        corner = pair.grid.transform @ (window.col_off, window.row_off)
        column, row = (round(place) for place in ~pair.before.transform @ corner)
        marked = mask[max(row, 0) : row + window.height, max(column, 0) : column + window.width]
        if marked.size and marked.mean() > LEAST_SHARE:
            found.add(grid.tile_id(number))
    return found


def ranking_quality(ranked: list[str], right: set[str]) -> tuple[float, float]:
    """Average precision of a ranking of tile ids, and its floor (the share of right ones); 0..1 each."""
    relevant = np.asarray([tile in right for tile in ranked])
    return average_precision(relevant, int(relevant.sum())), float(relevant.mean())
