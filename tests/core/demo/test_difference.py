from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

from changeseek.core.demo.difference import pixel_differences, rank_by_difference
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid

TILE = 32


def write(path: Path, pixels: np.ndarray) -> Path:
    profile = {"driver": "GTiff", "count": 3, "dtype": "uint8", "crs": "EPSG:25833"}
    height, width = pixels.shape[1:]
    with rasterio.open(
        path, "w", **profile, height=height, width=width, transform=from_origin(400000, 5800000, 1, 1)
    ) as dataset:
        dataset.write(pixels)
    return path


def test_the_tile_that_differs_most_comes_first_whatever_the_light(tmp_path: Path) -> None:
    before = np.random.default_rng(0).integers(40, 200, (3, 4 * TILE, 4 * TILE), dtype=np.uint8)
    after = (before * 0.8 + 20).astype(np.uint8)
    after[:, TILE : 2 * TILE, 2 * TILE : 3 * TILE] = 180
    pair = open_pair(write(tmp_path / "before.tif", before), write(tmp_path / "after.tif", after))
    tile_grid = TileGrid(pair.grid, TILE, TILE)
    differences = pixel_differences(pair, tile_grid)
    assert differences.argmax() == tile_grid.parse("r001c002")
    assert np.median(differences) < 2
    assert rank_by_difference(pair, tile_grid, ["r000c000", "r001c002", "r003c003"])[0] == "r001c002"
