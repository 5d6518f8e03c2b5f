"""Patches arrive in order, the same however the files are stored and whatever is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from rasterio.windows import Window

from changeseek.core.errors import MachineFaultError, TilingError, UnknownTileError
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling import regions, stream
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import PatchBlock, read_patches

WriteRaster = Callable[..., Path]
Noise = Callable[[int, int, int], NDArray[np.uint8]]


@pytest.fixture
def same_grid(write_raster: WriteRaster, noise: Noise) -> RasterPair:
    blocks = {"tiled": True, "blockxsize": 64, "blockysize": 64, "compress": "deflate"}
    before = write_raster("before.tif", noise(1, 300, 340), **blocks)
    return open_pair(before, write_raster("after.tif", noise(2, 300, 340), **blocks), match=False)


@pytest.fixture
def two_crs(write_raster: WriteRaster, noise: Noise) -> RasterPair:
    before = write_raster("before.tif", noise(1, 300, 350), pixel=0.5)
    place = {"crs": "EPSG:3857", "corner": (-10477860.0, 4444790.0), "pixel": 0.9}
    return open_pair(before, write_raster("after.tif", noise(2, 210, 230), **place))


def joined(blocks: Iterator[PatchBlock]) -> PatchBlock:
    parts = list(blocks)
    return PatchBlock(
        np.concatenate([part.indices for part in parts]),
        np.concatenate([part.patches for part in parts]),
        np.concatenate([part.valid for part in parts]),
    )


def assert_same(one: PatchBlock, other: PatchBlock) -> None:
    np.testing.assert_array_equal(one.indices, other.indices)
    np.testing.assert_array_equal(one.patches, other.patches)
    np.testing.assert_array_equal(one.valid, other.valid)


def threads_of_the_reader() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("changeseek-reader_")]


@pytest.mark.parametrize(("tile", "stride"), [(64, 64), (64, 32), (50, 37), (256, 100)])
def test_patches_are_what_plain_reading_gives(same_grid: RasterPair, tile: int, stride: int) -> None:
    grid = TileGrid(same_grid.grid, tile, stride)
    block = joined(read_patches(same_grid, grid))
    assert block.indices.tolist() == list(range(len(grid)))
    for date, source in enumerate((same_grid.before, same_grid.after)):
        with rasterio.open(source.path) as dataset:
            for index in range(len(grid)):
                row, col, height, width = grid.window(index)
                plain = dataset.read(window=Window(col, row, width, height))
                np.testing.assert_array_equal(block.patches[index, date], plain)
    assert (block.valid == 1).all()


def test_a_block_has_the_promised_types(same_grid: RasterPair) -> None:
    block = next(read_patches(same_grid, TileGrid(same_grid.grid, 64, 64)))
    assert block.patches.shape == (len(block.indices), 2, 3, 64, 64)
    assert [str(part.dtype) for part in (block.indices, block.patches, block.valid)] == [
        "int64",
        "uint8",
        "float32",
    ]
    assert block.patches.flags.c_contiguous


@pytest.mark.parametrize(
    "storage",
    [
        {"blockysize": 1},
        {"blockysize": 5, "compress": "deflate"},
        {"tiled": True, "blockxsize": 32, "blockysize": 128},
        {"interleave": "band", "compress": "lzw"},
    ],
)
def test_storage_changes_nothing(
    write_raster: WriteRaster, noise: Noise, two_crs: RasterPair, storage: dict[str, Any]
) -> None:
    grid = TileGrid(two_crs.grid, 48, 48)
    expected = joined(read_patches(two_crs, grid))
    write_raster("before.tif", noise(1, 300, 350), pixel=0.5, **storage)
    again = open_pair(two_crs.before.path, two_crs.after.path)
    assert again.before.block != two_crs.before.block
    assert_same(joined(read_patches(again, grid)), expected)


@pytest.mark.parametrize("readers", [1, 5])
def test_threads_change_nothing(two_crs: RasterPair, readers: int) -> None:
    grid = TileGrid(two_crs.grid, 64, 48)
    assert_same(joined(read_patches(two_crs, grid, readers=readers)), joined(read_patches(two_crs, grid)))


def test_two_crs_are_aligned(two_crs: RasterPair) -> None:
    """Where the after date is warped, its own warp by GDAL shows the same."""
    from rasterio.enums import Resampling
    from rasterio.vrt import WarpedVRT

    pixels = two_crs.grid
    grid = TileGrid(pixels, 64, 64)
    block = joined(read_patches(two_crs, grid))
    place = {"crs": pixels.crs, "transform": pixels.transform, "width": pixels.width, "height": pixels.height}
    with (
        rasterio.open(two_crs.after.path) as dataset,
        WarpedVRT(dataset, resampling=Resampling.bilinear, tolerance=0.01, **place) as warped,
    ):
        for index in np.flatnonzero(block.valid == 1).tolist():
            row, col, height, width = grid.window(index)
            plain = warped.read(window=Window(col, row, width, height))
            shown = block.patches[index, 1].astype(int)
            assert np.abs(shown - two_crs.stretch_after.apply(plain)).max() <= 5
    assert (block.valid == 1).sum() >= 4


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.sets(st.integers(0, 55), min_size=1, max_size=12))
def test_any_tiles_are_the_same_as_among_all(two_crs: RasterPair, wanted: set[int]) -> None:
    grid = TileGrid(two_crs.grid, 45, 40)
    asked = sorted(index for index in wanted if index < len(grid)) or [0]
    everything = joined(read_patches(two_crs, grid))
    some = joined(read_patches(two_crs, grid, indices=asked))
    assert some.indices.tolist() == asked
    np.testing.assert_array_equal(some.patches, everything.patches[asked])
    np.testing.assert_array_equal(some.valid, everything.valid[asked])


def test_a_very_wide_grid_is_read_in_columns(two_crs: RasterPair, monkeypatch: pytest.MonkeyPatch) -> None:
    grid = TileGrid(two_crs.grid, 64, 60)
    expected = joined(read_patches(two_crs, grid))
    monkeypatch.setattr(regions, "MAX_REGION_BYTES", 150 * 20000)
    monkeypatch.setattr(regions, "UNIT_COLUMNS", 0)
    assert_same(joined(read_patches(two_crs, grid)), expected)


def test_blocks_are_bounded(same_grid: RasterPair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_BLOCK_BYTES", 3 * 6 * 32 * 32)
    blocks = list(read_patches(same_grid, TileGrid(same_grid.grid, 32, 32)))
    assert max(len(block.indices) for block in blocks) == 3


def test_a_raster_smaller_than_a_tile_is_mirrored(write_raster: WriteRaster, noise: Noise) -> None:
    values = noise(3, 20, 30)
    path = write_raster("small.tif", values)
    pair = open_pair(path, path)
    block = joined(read_patches(pair, TileGrid(pair.grid, 64, 64)))
    patch = block.patches[0, 0]
    np.testing.assert_array_equal(patch[:, :20, :30], values)
    np.testing.assert_array_equal(patch[:, 20:40, :30], values[:, ::-1])
    np.testing.assert_array_equal(patch[:, :20, 30:60], values[:, :, ::-1])
    assert block.valid.tolist() == [1.0]


def test_one_pixel_fills_a_tile(write_raster: WriteRaster) -> None:
    path = write_raster("dot.tif", np.full((3, 1, 1), 77, np.uint16))
    pair = open_pair(path, path)
    block = joined(read_patches(pair, TileGrid(pair.grid, 16, 16)))
    assert (block.patches.std(), block.valid.tolist()) == (0.0, [1.0])


def test_only_pixels_with_data_on_both_dates_are_valid(write_raster: WriteRaster, noise: Noise) -> None:
    before, after = noise(1, 40, 40).astype(np.int16), noise(2, 40, 40).astype(np.float32)
    before[:, :10] = -9999
    after[:, :, 20:] = np.nan
    pair = open_pair(write_raster("b.tif", before, nodata=-9999), write_raster("a.tif", after))
    block = joined(read_patches(pair, TileGrid(pair.grid, 20, 20)))
    assert block.valid.tolist() == [0.5, 0.0, 1.0, 0.0]
    assert (block.patches[0, :, :, :10] == 128).all()
    assert (block.patches[1] == 128).all()


def test_nothing_asked_for_gives_nothing(same_grid: RasterPair) -> None:
    assert list(read_patches(same_grid, TileGrid(same_grid.grid, 64, 64), indices=[])) == []


@pytest.mark.parametrize("indices", [[-1], [30], [3, 2], [2, 2]])
def test_wrong_tiles_are_refused(same_grid: RasterPair, indices: list[int]) -> None:
    with pytest.raises(UnknownTileError):
        read_patches(same_grid, TileGrid(same_grid.grid, 64, 64), indices=indices)


def test_tiles_of_another_grid_are_refused(same_grid: RasterPair, two_crs: RasterPair) -> None:
    with pytest.raises(TilingError, match="another grid"):
        read_patches(same_grid, TileGrid(two_crs.grid, 64, 64))


def test_closing_ends_the_threads(same_grid: RasterPair) -> None:
    blocks = read_patches(same_grid, TileGrid(same_grid.grid, 16, 8))
    next(blocks)
    assert threads_of_the_reader()
    blocks.close()
    assert threads_of_the_reader() == []


def test_the_end_ends_the_threads(same_grid: RasterPair) -> None:
    for _ in read_patches(same_grid, TileGrid(same_grid.grid, 64, 64)):
        pass
    assert threads_of_the_reader() == []


def test_a_file_that_breaks_while_it_is_read_is_the_machines_fault(same_grid: RasterPair) -> None:
    path = Path(same_grid.after.path)
    path.write_bytes(path.read_bytes()[:20000])
    with pytest.raises(MachineFaultError, match=r"after\.tif could not be read"):
        list(read_patches(same_grid, TileGrid(same_grid.grid, 64, 64)))
    assert threads_of_the_reader() == []


def test_a_file_that_goes_once_it_was_looked_at_is_the_machines_fault(same_grid: RasterPair) -> None:
    Path(same_grid.after.path).unlink()
    with pytest.raises(MachineFaultError, match=r"after\.tif has gone"):
        list(read_patches(same_grid, TileGrid(same_grid.grid, 64, 64)))
