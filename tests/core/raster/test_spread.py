"""Evenly spread pixels are those that GDAL's decimation takes, at the price of one decoding a block."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.windows import Window

from changeseek.core.raster import spread
from changeseek.core.raster.decode import Decoded, read_stored
from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.source import RasterSource, describe_source
from changeseek.core.raster.spread import decode_spread

WriteRaster = Callable[..., Path]
BLOCKS = {"tiled": True, "blockxsize": 64, "blockysize": 32}
LAYOUTS: list[dict[str, Any]] = [
    BLOCKS,
    {"blockysize": 1},
    {**BLOCKS, "interleave": "band"},
    {"blockysize": 300},
]
COUNTERS = Path("/proc/self/io")


def noise(bands: int = 3, height: int = 300, width: int = 410) -> NDArray[np.uint8]:
    return np.random.default_rng(4).integers(0, 256, (bands, height, width), dtype=np.uint8)


def spread_over(path: Path, window: PixelWindow, shape: tuple[int, int]) -> Decoded:
    source = describe_source(path)
    with open_dataset(source.path) as dataset:
        return decode_spread(dataset, source, window, shape)


def decimated(
    path: Path, window: PixelWindow, shape: tuple[int, int]
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    area = Window(window.col_off, window.row_off, window.width, window.height)
    with rasterio.open(path) as dataset:
        values = dataset.read((1, 2, 3), window=area, out_shape=(3, *shape), resampling=Resampling.nearest)
        mask = dataset.read_masks(1, window=area, out_shape=shape, resampling=Resampling.nearest)
    return values, mask > 0


@pytest.mark.parametrize("shape", [(280, 400), (97, 131), (70, 100), (1, 1)])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_they_are_the_pixels_of_gdals_decimation(
    write_raster: WriteRaster, layout: dict[str, Any], shape: tuple[int, int]
) -> None:
    path = write_raster("a.tif", noise(), **layout)
    window = PixelWindow(11, 7, 280, 400)
    values, valid = spread_over(path, window, shape)
    assert (values == decimated(path, window, shape)[0]).all()
    assert valid.all()


@pytest.mark.parametrize("step", [1.5, 1.62, 2.0, 3.1, 3.3, 9.0])
def test_an_overview_is_taken_where_gdal_takes_it(write_raster: WriteRaster, step: float) -> None:
    mask = np.random.default_rng(5).random((300, 410)) < 0.7
    path = write_raster("a.tif", noise(), mask=mask, **BLOCKS)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2, 4], Resampling.average)
    window, shape = PixelWindow(5, 9, 290, 400), (int(290 / step), int(400 / step))
    values, valid = spread_over(path, window, shape)
    expected, expected_valid = decimated(path, window, shape)
    assert (valid == expected_valid).all()
    assert (values == expected).all()


def test_a_mask_that_came_after_the_overviews_counts(write_raster: WriteRaster) -> None:
    path = write_raster("a.tif", noise(), **BLOCKS)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([4], Resampling.nearest)
        dataset.write_mask(np.arange(300)[:, None] * np.ones((1, 410)) >= 150)
    valid = spread_over(path, PixelWindow(0, 0, 300, 410), (60, 80)).valid
    assert valid[30:].all()
    assert not valid[:30].any()


def test_an_overview_of_a_palette_shows_its_colours(write_raster: WriteRaster) -> None:
    palette = {0: (9, 8, 7, 255), 1: (255, 0, 10, 255)}
    path = write_raster("a.tif", np.ones((1, 300, 410), np.uint8), palette=palette, **BLOCKS)
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([4], Resampling.nearest)
    values, _ = spread_over(path, PixelWindow(0, 0, 300, 410), (60, 80))
    assert (values.reshape(3, -1) == [[255], [0], [10]]).all()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_block_is_read_twice_and_little_at_a_time(
    write_raster: WriteRaster, monkeypatch: pytest.MonkeyPatch, layout: dict[str, Any]
) -> None:
    path = write_raster("a.tif", noise(), **layout)
    height, width = describe_source(path).block
    reads = np.zeros((300 // height + 1, 410 // width + 1), np.int64)

    def counting(dataset: Any, source: RasterSource, window: PixelWindow) -> Decoded:
        top, left = window.row_off // height, window.col_off // width
        bottom, right = (
            (window.row_off + window.height - 1) // height,
            (window.col_off + window.width - 1) // width,
        )
        reads[top : bottom + 1, left : right + 1] += 1
        assert window.width * window.height <= max(4096, height * width)
        return read_stored(dataset, source, window)

    monkeypatch.setattr(spread, "_PIXELS_AT_A_TIME", 4096)
    monkeypatch.setattr(spread, "read_stored", counting)
    spread_over(path, PixelWindow(11, 7, 280, 400), (70, 100))
    assert reads.max() == 1


@pytest.mark.skipif(not COUNTERS.exists(), reason="only Linux counts the bytes that a process reads")
def test_opening_a_pair_reads_each_file_once_with_the_smallest_cache(write_raster: WriteRaster) -> None:
    path = write_raster("a.tif", noise(3, 512, 7000), tiled=True, blockxsize=128, blockysize=128)
    script = (
        "import sys, pathlib\n"
        "from changeseek.core.raster.pair import open_pair\n"
        "read = lambda: int(pathlib.Path('/proc/self/io').read_text().split()[1])\n"
        "open_pair(sys.argv[1], sys.argv[1])\n"
        "start = read()\n"
        "open_pair(sys.argv[1], sys.argv[1])\n"
        "print(read() - start)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env={**os.environ, "GDAL_CACHEMAX": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(run.stdout) < 2.1 * path.stat().st_size
