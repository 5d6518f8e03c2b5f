"""Whatever the sizes: pieces are loaded once each, and every patch shows the pixels of its own place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, cast

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from changeseek.core.raster.bilinear import Bytes
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.registration import register
from changeseek.core.raster.source import RasterSource
from changeseek.core.tiling import pieces, regions, units
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.pieces import PieceKey, PieceLattice, PieceStore, plan_pieces
from changeseek.core.tiling.regions import plan_regions
from changeseek.core.tiling.stream import stream_region

SLOWLY = settings(deadline=None, max_examples=40)
CRS = "EPSG:32615"
SIDES = st.integers(1, 8) | st.integers(1, 150)


class CountingStore(PieceStore):
    """Pieces of a source whose pixels say where they lie, and how often each was loaded."""

    def __init__(self, lattice: PieceLattice, executor: Executor) -> None:
        super().__init__(lattice, cast("Any", None), cast("Any", None), executor)
        self.loaded: Counter[PieceKey] = Counter()

    def _load(self, key: PieceKey) -> Bytes:
        self.loaded[key] += 1
        top, left, height, width = self.lattice.window(key)
        place = colours(np.arange(top, top + height), np.arange(left, left + width))
        return np.concatenate([place, np.full((1, height, width), 255, np.uint8)])


def colours(rows: NDArray[np.int_], cols: NDArray[np.int_]) -> NDArray[np.uint8]:
    """(3, H, W): rows, columns, and both in another way."""
    down, across = np.meshgrid(rows, cols, indexing="ij")
    return np.stack([down % 251, across % 241, (down * 7 + across * 13) % 239]).astype(np.uint8)


def source(height: int, width: int, block: tuple[int, int]) -> RasterSource:
    return RasterSource(
        path="x.tif", driver="GTiff", crs=CRS, transform=Affine(1.0, 0, 0.0, 0, -1.0, 0.0),
        width=width, height=height, dtype="uint8", block=block, bands=(1, 2, 3), nodata=(None, None, None),
        alpha=None, masked=False, palette=False, zero_is_gap=False, overviews=(), date=None,
        size=0, mtime=0.0,
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def small_pieces_and_units() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE_PIXELS", 600)
        patch.setattr(pieces, "_PIECE_ROWS", 16)
        for module in (units, regions):
            patch.setattr(module, "UNIT_ROWS", 16)
            patch.setattr(module, "UNIT_COLUMNS", 48)
        yield


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


@SLOWLY
@given(data=st.data())
def test_on_one_grid_each_piece_is_loaded_once_and_each_patch_is_its_own_place(
    executor: Executor, data: st.DataObject
) -> None:
    height, width = data.draw(SIDES), data.draw(SIDES)
    top, left = data.draw(st.integers(0, 40)), data.draw(st.integers(0, 40))
    shape = (top + height + data.draw(st.integers(0, 40)), left + width + data.draw(st.integers(0, 40)))
    grid = PixelGrid(CRS, Affine(1.0, 0, float(left), 0, -1.0, float(-top)), width, height)
    tile = data.draw(st.integers(1, 60))
    tiles = TileGrid(grid, tile, data.draw(st.integers(max(1, tile // 3), tile)))
    stores = draw_stores(data, shape, grid, executor)
    count = 0
    for region in plan_regions(tiles, np.arange(len(tiles)), registrations(stores)):
        for block in stream_region(tiles, region, stores, executor):
            assert (block.valid == 1).all()
            for index, patch in zip(block.indices.tolist(), block.patches, strict=True):
                row, col, rows, cols = tiles.window(index)
                wanted = colours(np.arange(row, row + rows) + top, np.arange(col, col + cols) + left)
                assert (patch[:, :, :rows, :cols] == wanted).all()
                count += 1
    assert count == len(tiles)
    for store in stores:
        assert set(store.loaded) == set(store.lattice.keys(store.lattice.needed))
        assert set(store.loaded.values()) == {1}


@SLOWLY
@given(data=st.data(), gsd=st.floats(0.3, 6.0), shift=st.floats(-5.0, 5.0))
def test_off_the_grid_no_piece_is_loaded_twice(
    executor: Executor, data: st.DataObject, gsd: float, shift: float
) -> None:
    shape = data.draw(SIDES), data.draw(SIDES)
    grid = PixelGrid(CRS, Affine(gsd, 0, shift, 0, -gsd, shift), data.draw(SIDES), data.draw(SIDES))
    tile = data.draw(st.integers(1, 60))
    tiles = TileGrid(grid, tile, data.draw(st.integers(max(1, tile // 3), tile)))
    stores = draw_stores(data, shape, grid, executor)
    for region in plan_regions(tiles, np.arange(len(tiles)), registrations(stores)):
        for _ in stream_region(tiles, region, stores, executor):
            pass
    for store in stores:
        assert set(store.loaded.values()) <= {1}


@SLOWLY
@given(data=st.data(), gsd=st.floats(0.3, 40.0))
def test_pieces_are_all_that_is_needed_once_and_share_no_block(data: st.DataObject, gsd: float) -> None:
    shape = data.draw(SIDES), data.draw(SIDES)
    grid = PixelGrid(CRS, Affine(gsd, 0, 0.3, 0, -gsd, -0.3), data.draw(SIDES), data.draw(SIDES))
    block = draw_block(data, shape)
    lattice = plan_pieces(register(source(*shape, block), grid))
    owners: dict[tuple[int, int], PieceKey] = {}
    times = np.zeros(lattice.registration.shape, np.int64)
    for key in lattice.keys(lattice.needed):
        window = lattice.window(key)
        times[window.row_off :, window.col_off :][: window.height, : window.width] += 1
        stored = lattice.source_window(key)
        for row in range(stored.row_off // block[0], -(-(stored.row_off + stored.height) // block[0])):
            for col in range(stored.col_off // block[1], -(-(stored.col_off + stored.width) // block[1])):
                assert owners.setdefault((row, col), key) == key
    needed = lattice.needed
    inside = times[needed.row_off :, needed.col_off :][: needed.height, : needed.width]
    assert (inside == 1).all()
    assert times.sum() == needed.height * needed.width


def draw_block(data: st.DataObject, shape: tuple[int, int]) -> tuple[int, int]:
    """Strips and squares, also larger than the raster."""
    height = data.draw(st.integers(1, 64))
    return height, data.draw(st.just(shape[1]) | st.integers(1, 64))


def draw_stores(
    data: st.DataObject, shape: tuple[int, int], grid: PixelGrid, executor: Executor
) -> tuple[CountingStore, CountingStore]:
    first, second = (
        CountingStore(plan_pieces(register(source(*shape, draw_block(data, shape)), grid)), executor)
        for _ in range(2)
    )
    return first, second


def registrations(stores: tuple[CountingStore, CountingStore]) -> tuple[Any, Any]:
    return stores[0].lattice.registration, stores[1].lattice.registration
