from __future__ import annotations

from affine import Affine
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.raster.check.places import MOST_DECODED, places_to_look
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.registration import register
from changeseek.core.raster.source import RasterSource

PLACE = Affine(1.0, 0.0, 400000.0, 0.0, -1.0, 4100000.0)


def source(width: int, height: int, block: tuple[int, int], driver: str = "GTiff") -> RasterSource:
    return RasterSource(
        path="nowhere.tif", driver=driver, crs="EPSG:32615", transform=PLACE, width=width, height=height,
        dtype="uint8", block=block, bands=(1, 2, 3), nodata=(None, None, None), alpha=None, masked=False,
        palette=False, zero_is_gap=False, overviews=(), date=None, size=0, mtime=0.0,
    )  # fmt: skip


def grid_of(width: int, height: int, gsd: int = 1) -> PixelGrid:
    return PixelGrid("EPSG:32615", PLACE @ Affine.scale(gsd), width // gsd, height // gsd)


@given(
    width=st.integers(64, 200_000),
    height=st.integers(64, 200_000),
    block=st.sampled_from([(1, 0), (16, 0), (0, 0), (256, 256), (512, 512), (4096, 4096)]),
    gsd=st.sampled_from([1, 3, 8]),
)
def test_the_windows_lie_in_the_grid_and_cost_a_bounded_number_of_pixels(
    width: int, height: int, block: tuple[int, int], gsd: int
) -> None:
    stored = source(width, height, (block[0] or height, block[1] or width))
    grid = grid_of(width, height, gsd)
    windows = places_to_look(grid, (register(stored, grid), register(stored, grid)))
    assert len(windows) <= 16
    assert all(
        0 <= one.row_off <= grid.height - one.height and 0 <= one.col_off <= grid.width - one.width
        for one in windows
    )
    assert len(windows) * 64**2 <= MOST_DECODED


def test_a_usual_raster_gets_sixteen_windows() -> None:
    grid = grid_of(100_000, 100_000)
    under = register(source(100_000, 100_000, (512, 512)), grid)
    windows = places_to_look(grid, (under, under))
    assert (len(windows), windows[0].height) == (16, 256)


def test_a_raster_in_one_huge_block_is_not_decoded_for_a_look() -> None:
    grid = grid_of(30_000, 30_000)
    under = register(source(30_000, 30_000, (30_000, 30_000)), grid)
    assert places_to_look(grid, (under, under)) == []


def test_a_narrow_strip_is_looked_at_along_its_length() -> None:
    grid = grid_of(90, 5000)
    under = register(source(90, 5000, (512, 512)), grid)
    windows = places_to_look(grid, (under, under))
    assert {window.width for window in windows} == {64}
    assert len({window.row_off for window in windows}) == 3
