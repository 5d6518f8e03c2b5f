"""A source arrives on the working grid where it belongs, the same whichever window asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

from changeseek.core.raster.bilinear import interpolate
from changeseek.core.raster.grid import PixelGrid, PixelWindow
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.positions import Placement, Positions
from changeseek.core.raster.reduce import reduce_pixels, weigh
from changeseek.core.raster.registration import Registration, register
from changeseek.core.raster.resample import resample
from changeseek.core.raster.source import describe_source

WriteRaster = Callable[..., Path]
Landscape = Callable[[int, int], NDArray[np.uint8]]
Bytes = NDArray[np.uint8]


def read(registration: Registration, window: PixelWindow) -> Bytes:
    """A window of the grid (4, H, W), the source read whole."""
    with open_dataset(registration.source.path) as dataset:
        values = dataset.read()
    pixels = reduce_pixels(weigh(values, np.ones(values.shape[1:], bool)), registration.reduction)
    under = registration.source_window(window)
    rows = slice(under.row_off, under.row_off + under.height)
    cols = slice(under.col_off, under.col_off + under.width)
    return resample(pixels[:, rows, cols], under, registration, window)


@pytest.fixture
def across_crs(write_raster: WriteRaster, landscape: Landscape) -> Registration:
    path = write_raster(
        "after.tif", landscape(300, 320), crs="EPSG:3857", corner=(-10460000.0, 4440000.0), pixel=0.7
    )
    source = describe_source(path)
    left, _, _, top = transform_bounds("EPSG:3857", "EPSG:32615", *source.bounds)
    return register(source, PixelGrid("EPSG:32615", Affine(0.5, 0, left + 5, 0, -0.5, top - 5), 260, 220))


def test_the_same_pixels_are_not_touched(write_raster: WriteRaster, landscape: Landscape) -> None:
    values = landscape(40, 50)
    source = describe_source(write_raster("a.tif", values))
    grid = PixelGrid("EPSG:32615", Affine(1.0, 0, 400007.0, 0, -1.0, 4099995.0), 30, 30)
    registration = register(source, grid)
    assert registration.offset == (5, 7)
    np.testing.assert_array_equal(read(registration, PixelWindow(2, 3, 10, 11))[:3], values[:, 7:17, 10:21])


def test_another_spelling_of_the_same_crs_changes_nothing(write_raster: WriteRaster) -> None:
    source = describe_source(write_raster("a.tif", np.zeros((3, 8, 8), np.uint8)))
    from rasterio.crs import CRS

    grid = PixelGrid(CRS.from_epsg(32615).to_wkt(), source.transform, 8, 8)
    assert register(source, grid).offset == (0, 0)


def test_warping_agrees_with_gdal(across_crs: Registration) -> None:
    grid = across_crs.grid
    options = {"crs": grid.crs, "transform": grid.transform, "width": grid.width, "height": grid.height}
    with (
        open_dataset(across_crs.source.path) as dataset,
        WarpedVRT(
            dataset, resampling=Resampling.bilinear, add_alpha=True, tolerance=0.01, **options
        ) as warped,
    ):
        expected = warped.read()
    ours = read(across_crs, PixelWindow(0, 0, grid.height, grid.width))
    both = (ours[3] > 0) & (expected[3] > 0)
    assert both.mean() > 0.9
    assert ((ours[3] > 0) == (expected[3] > 0)).mean() > 0.99
    assert np.abs(ours[:3, both].astype(int) - expected[:3, both]).max() <= 3


def test_a_pixel_does_not_depend_on_its_window(across_crs: Registration) -> None:
    whole = read(across_crs, PixelWindow(0, 0, 220, 260))
    for window in (PixelWindow(37, 51, 60, 70), PixelWindow(0, 100, 220, 1), PixelWindow(219, 0, 1, 260)):
        part = whole[:, window.row_off :, window.col_off :][:, : window.height, : window.width]
        np.testing.assert_array_equal(read(across_crs, window), part)


def test_beyond_the_source_there_is_no_data(write_raster: WriteRaster) -> None:
    source = describe_source(write_raster("a.tif", np.full((3, 10, 10), 200, np.uint8)))
    grid = PixelGrid("EPSG:32615", Affine(0.5, 0, 399995.0, 0, -0.5, 4100000.0), 40, 20)
    valid = read(register(source, grid), PixelWindow(0, 0, 20, 40))[3] > 0
    assert valid[:, 10:30].all()
    assert not valid[:, :10].any()
    assert not valid[:, 30:].any()


def test_far_from_the_source_nothing_is_read(write_raster: WriteRaster) -> None:
    source = describe_source(write_raster("a.tif", np.zeros((3, 10, 10), np.uint8)))
    grid = PixelGrid("EPSG:32615", Affine(0.5, 0, 410000.0, 0, -0.5, 4100000.0), 40, 20)
    registration = register(source, grid)
    assert registration.source_window(PixelWindow(0, 0, 20, 40)).width == 0
    assert not read(registration, PixelWindow(0, 0, 20, 40)).any()


@pytest.mark.parametrize("pixel", [1.5, 2.0, 3.7, 8.0])
def test_a_coarser_grid_averages(write_raster: WriteRaster, pixel: float) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (3, 240, 240), dtype=np.uint8)
    size = int(200 / pixel)
    grid = PixelGrid("EPSG:32615", Affine(pixel, 0, 400010.3, 0, -pixel, 4099989.6), size, size)
    colours = read(
        register(describe_source(write_raster("a.tif", noise)), grid), PixelWindow(0, 0, size, size)
    )[:3]
    assert colours.mean() == pytest.approx(127.5, abs=4)
    assert colours.std() < 1.25 * noise.std() / pixel


def test_invalid_pixels_do_not_bleed() -> None:
    colours = np.full((3, 4, 4), 200, np.uint8)
    valid = np.ones((4, 4), bool)
    valid[0, 0] = False
    reduced = reduce_pixels(weigh(colours, valid), 2)
    assert reduced[:, 0, 0].tolist() == [150, 150, 150, 191]
    assert reduced[:, 1, 1].tolist() == [200, 200, 200, 255]


def test_squares_at_the_edge_are_less_covered() -> None:
    reduced = reduce_pixels(np.full((4, 3, 4), 255, np.uint8), 2)
    assert reduced[3].tolist() == [[255, 255], [128, 128]]


def test_interpolation_is_exact_to_one_step() -> None:
    rng = np.random.default_rng(5)
    pixels = rng.integers(0, 256, (9, 11, 4), dtype=np.uint8)
    at = Positions(rng.uniform(0.5, 10.5, (20, 30)), rng.uniform(0.5, 8.5, (20, 30)))
    cols, rows = at.cols - 0.5, at.rows - 0.5
    left, top = np.floor(cols).astype(int).clip(0, 9), np.floor(rows).astype(int).clip(0, 7)
    across, down = (cols - left)[..., None], (rows - top)[..., None]
    upper = pixels[top, left] * (1 - across) + pixels[top, left + 1] * across
    lower = pixels[top + 1, left] * (1 - across) + pixels[top + 1, left + 1] * across
    exact = upper * (1 - down) + lower * down
    assert np.abs(interpolate(pixels, at, (9, 11), (0, 0)) - exact).max() < 2


def test_where_a_crs_ends_there_is_no_position() -> None:
    grid = PixelGrid("EPSG:4326", Affine(1.0, 0, -180.0, 0, -1.0, 100.0), 32, 64)
    at = Placement(grid, "EPSG:3857", Affine.identity()).positions(PixelWindow(0, 0, 64, 32))
    assert np.isnan(at.rows[:8]).all()
    assert np.isfinite(at.rows[-8:]).all()
