"""Every block of a file is decoded once, whatever the stride and the CRS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from changeseek.core.raster.decode import decode
from changeseek.core.raster.grid import PixelGrid, PixelWindow
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.raster.registration import register
from changeseek.core.raster.source import RasterSource
from changeseek.core.tiling import pieces
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.pieces import plan_pieces
from changeseek.core.tiling.reader import read_patches

WriteRaster = Callable[..., Path]
Noise = Callable[[int, int, int], NDArray[np.uint8]]
BLOCKS = {"tiled": True, "blockxsize": 64, "blockysize": 64}


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> dict[str, NDArray[np.int64]]:
    """How often each pixel of each source was decoded."""
    counts: dict[str, NDArray[np.int64]] = {}

    def counting(dataset: Any, source: RasterSource, window: PixelWindow) -> Any:
        count = counts.setdefault(source.name, np.zeros((source.height, source.width), np.int64))
        rows = slice(window.row_off, window.row_off + window.height)
        count[rows, window.col_off : window.col_off + window.width] += 1
        return decode(dataset, source, window)

    monkeypatch.setattr(pieces, "decode", counting)
    monkeypatch.setattr(pieces, "PIECE_PIXELS", 128 * 64)
    monkeypatch.setattr(pieces, "_PIECE_ROWS", 64)
    return counts


def read_all(pair: RasterPair, tile: int, stride: int) -> NDArray[np.uint8]:
    """All patches (N, 2, 3, T, T)."""
    return np.concatenate([block.patches for block in read_patches(pair, TileGrid(pair.grid, tile, stride))])


@pytest.mark.parametrize(("tile", "stride"), [(100, 100), (100, 50), (700, 10), (30, 30)])
def test_on_one_grid(
    write_raster: WriteRaster, noise: Noise, decoded: dict[str, NDArray[np.int64]], tile: int, stride: int
) -> None:
    before = write_raster("before.tif", noise(1, 720, 330), **BLOCKS)
    read_all(open_pair(before, write_raster("after.tif", noise(2, 720, 330))), tile, stride)
    assert (decoded["before.tif"] == 1).all()
    assert (decoded["after.tif"] == 1).all()


@pytest.mark.parametrize("gsd", [None, 3.0])
def test_across_two_crs(
    write_raster: WriteRaster, noise: Noise, decoded: dict[str, NDArray[np.int64]], gsd: float | None
) -> None:
    before = write_raster("before.tif", noise(1, 400, 450), pixel=0.5, **BLOCKS)
    place = {"crs": "EPSG:3857", "corner": (-10477870.0, 4444800.0), "pixel": 0.7}
    after = write_raster("after.tif", noise(2, 400, 450), **place, **BLOCKS)
    read_all(open_pair(before, after, gsd=gsd), 64, 32)
    assert decoded["before.tif"].max() == 1
    assert decoded["after.tif"].max() == 1


def test_only_what_the_tiles_need_is_decoded(
    write_raster: WriteRaster, noise: Noise, decoded: dict[str, NDArray[np.int64]]
) -> None:
    path = write_raster("scene.tif", noise(1, 640, 640), **BLOCKS)
    pair = open_pair(path, path)
    for _ in read_patches(pair, TileGrid(pair.grid, 64, 64), indices=[0]):
        pass
    assert decoded["scene.tif"].mean() < 2


@pytest.mark.parametrize("block", [(1, 5000), (3, 5000), (16, 16), (512, 512), (4000, 5000)])
@pytest.mark.parametrize("gsd", [1.0, 2.5, 40.0])
def test_no_block_lies_in_two_pieces(block: tuple[int, int], gsd: float) -> None:
    from affine import Affine

    source = RasterSource(
        path="x.tif", driver="GTiff", crs="EPSG:32615", transform=Affine(1.0, 0, 0.0, 0, -1.0, 0.0),
        width=5000, height=4000, dtype="uint8", block=block, bands=(1, 2, 3), nodata=(None, None, None),
        alpha=None, masked=False, palette=False, zero_is_gap=False, overviews=(), date=None,
        size=0, mtime=0.0,
    )  # fmt: skip
    grid = PixelGrid("EPSG:32615", Affine(gsd, 0, 0.3, 0, -gsd, -0.3), int(4000 / gsd), int(3000 / gsd))
    lattice = plan_pieces(register(source, grid))
    factor, corner = lattice.registration.reduction, lattice.needed
    covered = 0
    for key in lattice.keys(lattice.needed):
        window = lattice.source_window(key)
        covered += window.width * window.height
        assert window.row_off % block[0] == 0 or window.row_off == corner.row_off * factor
        assert window.col_off % block[1] == 0 or window.col_off == corner.col_off * factor
        assert window.width * window.height <= max(2 * pieces.PIECE_PIXELS, 2 * block[0] * block[1])
    bottom, right = (corner.row_off + corner.height) * factor, (corner.col_off + corner.width) * factor
    height, width = min(bottom, 4000) - corner.row_off * factor, min(right, 5000) - corner.col_off * factor
    assert covered == height * width


@pytest.mark.parametrize("gsd", [None, 2.5])
def test_pieces_end_where_the_window_ends(
    write_raster: WriteRaster,
    noise: Noise,
    decoded: dict[str, NDArray[np.int64]],
    monkeypatch: pytest.MonkeyPatch,
    gsd: float | None,
) -> None:
    monkeypatch.setattr(pieces, "PIECE_PIXELS", 1 << 20)
    monkeypatch.setattr(pieces, "_PIECE_ROWS", 512)
    path = write_raster("scene.tif", noise(1, 640, 640), **BLOCKS)
    pair = open_pair(path, path, gsd=gsd, extent=(400130.0, 4099600.0, 400330.0, 4099800.0))
    read_all(pair, 50, 25)
    rows, cols = np.nonzero(decoded["scene.tif"])
    margin = 0 if gsd is None else 6
    assert (rows.min(), rows.max()) == pytest.approx((200, 399), abs=margin)
    assert (cols.min(), cols.max()) == pytest.approx((130, 329), abs=margin)
    assert decoded["scene.tif"].max() == 2  # the file is both dates


@pytest.mark.parametrize("gsd", [None, 1.7, 5.0])
def test_where_pieces_end_changes_no_patch(
    write_raster: WriteRaster, noise: Noise, monkeypatch: pytest.MonkeyPatch, gsd: float | None
) -> None:
    before = write_raster("before.tif", noise(1, 400, 450), pixel=0.5, **BLOCKS)
    place = {"crs": "EPSG:3857", "corner": (-10477870.0, 4444800.0), "pixel": 0.7}
    after = write_raster("after.tif", noise(2, 400, 450), **place, **BLOCKS)
    left, _, _, top = open_pair(before, after).grid.bounds
    pair = open_pair(before, after, gsd=gsd, extent=(left + 30, top - 95, left + 95, top - 20))
    clipped = read_all(pair, 13, 9)
    monkeypatch.setattr(pieces, "_MOST_GRID_PIXELS", 0)
    assert plan_pieces(register(pair.after, pair.grid)).needed[:2] == (0, 0)
    assert (read_all(pair, 13, 9) == clipped).all()
