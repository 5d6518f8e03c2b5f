"""One grid over the ground that both dates cover, in the finer date's pixels or the metres asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from rasterio.warp import transform_bounds

from changeseek.core.errors import ExtentError, NoOverlapError, TilingError
from changeseek.core.raster.grid import Bounds, PixelGrid
from changeseek.core.raster.overlap import finer_first, parse_extent, working_grid
from changeseek.core.raster.source import RasterSource, describe_source

WriteRaster = Callable[..., Path]
MakeSource = Callable[..., RasterSource]


@pytest.fixture
def make_source(write_raster: WriteRaster) -> MakeSource:
    names = iter("abcdef")

    def make(width: int, height: int, **options: object) -> RasterSource:
        return describe_source(
            write_raster(f"{next(names)}.tif", np.zeros((1, height, width), np.uint8), **options)
        )

    return make


def grid_over(
    before: RasterSource, after: RasterSource, gsd: float | None = None, extent: Bounds | None = None
) -> PixelGrid:
    return working_grid(*finer_first(before, after), gsd, extent)


def test_the_finer_date_is_the_reference(make_source: MakeSource) -> None:
    coarse, fine = make_source(10, 10, pixel=2.0), make_source(10, 10, pixel=1.0)
    assert finer_first(coarse, fine) == (fine, coarse)
    assert finer_first(fine, coarse) == (fine, coarse)


def test_of_equals_the_before_date_is_the_reference(make_source: MakeSource) -> None:
    one, other = make_source(10, 10, pixel=1.0), make_source(10, 10, pixel=0.999)
    assert finer_first(one, other)[0] == one
    assert finer_first(other, one)[0] == other


def test_fineness_is_measured_on_the_ground(make_source: MakeSource) -> None:
    metres = make_source(10, 10, pixel=1.0)
    degrees = make_source(10, 10, crs="EPSG:4326", pixel=1e-4, corner=(-94.0, 37.0))
    assert finer_first(degrees, metres)[0] == metres


def test_only_shared_pixels_are_used(make_source: MakeSource) -> None:
    before = make_source(20, 20, corner=(400000.0, 4100000.0))
    after = make_source(20, 20, corner=(400005.0, 4100003.0))
    grid = grid_over(before, after)
    assert grid.bounds == Bounds(400005.0, 4099983.0, 400020.0, 4100000.0)
    assert (grid.width, grid.height) == (15, 17)


def test_the_grid_keeps_the_references_pixels(make_source: MakeSource) -> None:
    before = make_source(20, 20, corner=(400000.0, 4100000.0))
    after = make_source(20, 20, corner=(400005.4, 4100003.4))
    grid = grid_over(before, after)
    assert (grid.transform.c, grid.transform.f) == (400006.0, 4100000.0)
    assert (grid.width, grid.height) == (14, 16)


def test_another_crs_is_projected(make_source: MakeSource) -> None:
    before = make_source(200, 200, pixel=1.0)
    left, bottom, _, top = transform_bounds("EPSG:32615", "EPSG:3857", *before.bounds)
    after = make_source(50, 100, crs="EPSG:3857", corner=(left, top), pixel=(top - bottom) / 100)
    grid = grid_over(before, after)
    assert grid.crs == "EPSG:32615"
    assert 90 < grid.width < 110
    assert grid.height > 190


def test_a_world_wide_raster_meets_a_local_one(make_source: MakeSource) -> None:
    local = make_source(50, 50)
    world = make_source(360, 180, crs="EPSG:4326", corner=(-180.0, 90.0), pixel=1.0)
    grid = grid_over(local, world)
    assert (grid.width, grid.height) == (50, 50)


def test_metres_on_the_ground_make_the_pixels(make_source: MakeSource) -> None:
    grid = grid_over(make_source(934, 724, pixel=5.0), make_source(934, 723, pixel=5.0), gsd=10.0)
    assert (grid.width, grid.height) == (467, 361)
    assert grid.ground_sample_distance == pytest.approx(10.0)


def test_metres_become_degrees_at_the_centre(make_source: MakeSource) -> None:
    source = make_source(200, 200, crs="EPSG:4326", pixel=1e-4, corner=(10.0, 60.0))
    grid = grid_over(source, source, gsd=20.0)
    assert grid.ground_sample_distance == pytest.approx(20.0, rel=1e-3)
    assert grid.transform.a / -grid.transform.e == pytest.approx(2.0, rel=0.02)


def test_a_pixel_as_large_as_the_scene_gives_one_pixel(make_source: MakeSource) -> None:
    source = make_source(10, 10)
    grid = grid_over(source, source, gsd=500.0)
    assert (grid.width, grid.height) == (1, 1)


def test_an_extent_cuts_the_grid(make_source: MakeSource) -> None:
    source = make_source(20, 20)
    grid = grid_over(source, source, extent=Bounds(400002.0, 4099990.0, 400007.0, 5000000.0))
    assert grid.bounds == Bounds(400002.0, 4099990.0, 400007.0, 4100000.0)


def test_a_rotated_reference_gets_a_north_up_grid(make_source: MakeSource) -> None:
    turned = Affine.translation(400000.0, 4100000.0) @ Affine.rotation(30.0) @ Affine.scale(1.0, -1.0)
    source = make_source(20, 20, transform=turned)
    grid = grid_over(source, source)
    assert (grid.transform.a, grid.transform.e) == pytest.approx((1.0, -1.0))
    assert (grid.transform.b, grid.transform.d) == (0.0, 0.0)


def test_rasters_of_two_places_share_no_ground(make_source: MakeSource) -> None:
    here, there = make_source(10, 10), make_source(10, 10, corner=(500000.0, 4100000.0))
    with pytest.raises(NoOverlapError, match=r"a\.tif and b\.tif share no ground"):
        grid_over(here, there)


def test_rasters_of_two_places_in_two_crs_share_no_ground(make_source: MakeSource) -> None:
    here = make_source(10, 10)
    there = make_source(10, 10, crs="EPSG:4326", corner=(120.0, -30.0), pixel=1e-4)
    with pytest.raises(NoOverlapError, match="share no ground"):
        grid_over(here, there)


def test_less_than_a_pixel_is_no_overlap(make_source: MakeSource) -> None:
    here, there = make_source(10, 10), make_source(10, 10, corner=(400009.5, 4100000.0))
    with pytest.raises(NoOverlapError, match="less than a pixel"):
        grid_over(here, there)


def test_an_extent_elsewhere_shares_no_ground(make_source: MakeSource) -> None:
    source = make_source(10, 10)
    with pytest.raises(NoOverlapError, match="extent"):
        grid_over(source, source, extent=Bounds(0.0, 0.0, 1.0, 1.0))


@pytest.mark.parametrize("gsd", [0.0, -1.0, float("nan"), float("inf")])
def test_a_pixel_must_have_a_size(make_source: MakeSource, gsd: float) -> None:
    source = make_source(10, 10)
    with pytest.raises(TilingError, match="ground sample distance"):
        grid_over(source, source, gsd=gsd)


@pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "1,2,1,4", "4,2,1,4", "0,0,nan,1", ""])
def test_a_bad_extent_is_refused(text: str) -> None:
    with pytest.raises(ExtentError, match="is not an extent"):
        parse_extent(text)


def test_an_extent_is_read_from_text() -> None:
    assert parse_extent("-1.5,2,3e5, 4") == Bounds(-1.5, 2.0, 3e5, 4.0)
