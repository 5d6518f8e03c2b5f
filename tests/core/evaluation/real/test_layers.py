"""Truth is laid onto the pair's grid by place, and counted in tiles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from PIL import Image

from changeseek.core.evaluation.real.layers import burn, read_bands, read_mask, tile_shares
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.source import describe_source
from changeseek.core.tiling.grid import TileGrid
from changeseek.tests.core.evaluation.real.rasters import CRS, TRANSFORM, write_raster


def test_bands_come_in_the_asked_order_and_are_placed_by_the_ground(tmp_path: Path, grid: PixelGrid) -> None:
    stored = np.arange(2 * 8 * 12, dtype=np.uint8).reshape(2, 8, 12)
    moved = TRANSFORM @ Affine.translation(1, 2)
    read = read_bands(write_raster(tmp_path / "a.tif", stored, moved), (2, 1), grid)
    assert np.array_equal(read[:, 2:, 1:], stored[::-1, :-2, :-1])
    assert not read[:, :2].any()


def test_a_mask_lies_on_its_raster_pixel_for_pixel(tmp_path: Path, grid: PixelGrid) -> None:
    raster = write_raster(tmp_path / "a.tif", np.ones((1, 8, 12), np.uint8), TRANSFORM)
    marked = np.zeros((8, 12), np.uint8)
    marked[3, 5] = 255
    Image.fromarray(marked).save(tmp_path / "mask.png")
    assert np.array_equal(read_mask(tmp_path / "mask.png", describe_source(raster), grid), marked > 0)


def test_a_mask_of_another_size_is_stretched(tmp_path: Path, grid: PixelGrid) -> None:
    raster = write_raster(tmp_path / "a.tif", np.ones((1, 8, 12), np.uint8))
    Image.fromarray(np.repeat(np.array([[0, 255]], np.uint8), 4, axis=0)).save(tmp_path / "mask.png")
    mask = read_mask(tmp_path / "mask.png", describe_source(raster), grid)
    assert mask[:, 6:].all()
    assert not mask[:, :6].any()


def test_outlines_of_another_crs_are_burned_where_they_lie(grid: PixelGrid) -> None:
    left, top = TRANSFORM @ (2, 1)
    right, bottom = TRANSFORM @ (6, 4)
    ring = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    layer = burn([{"type": "Polygon", "coordinates": [ring]}], CRS, grid)
    assert layer.sum() == 12
    assert layer[1:4, 2:6].all()
    assert not burn([], CRS, grid).any()


def test_shares_are_counted_tile_by_tile(grid: PixelGrid) -> None:
    layer = np.zeros((8, 12), bool)
    layer[:4, :2] = True
    layer[7, 11] = True
    assert tile_shares(layer, TileGrid(grid, 4, 4)) == pytest.approx([0.5, 0, 0, 0, 0, 1 / 16])
