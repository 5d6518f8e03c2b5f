"""An extent drawn on any map finds the same ground."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from rasterio.transform import from_origin
from rasterio.warp import transform_bounds

from changeseek.core.errors import ExtentError, NoOverlapError
from changeseek.core.raster.extent import carry_extent
from changeseek.core.raster.source import RasterSource, describe_source

UTM, MERCATOR, WORLD = "EPSG:32633", "EPSG:3857", "EPSG:4326"


@pytest.fixture
def source(write_raster: Callable[..., Path]) -> RasterSource:
    """100 x 100 pixels of 10 m."""
    where = from_origin(400000, 5700000, 10, 10)
    return describe_source(write_raster("a.tif", np.zeros((1, 100, 100), np.uint8), crs=UTM, transform=where))


def test_the_same_crs_is_taken_as_it_is(source: RasterSource) -> None:
    assert carry_extent((1.5, 2.5, 3.5, 4.5), UTM, source) == (1.5, 2.5, 3.5, 4.5)


@pytest.mark.parametrize("crs", [MERCATOR, WORLD, "EPSG:3035"])
def test_what_was_drawn_lies_inside_of_what_is_taken(source: RasterSource, crs: str) -> None:
    wanted = (400200, 5699300, 400700, 5699800)
    there = transform_bounds(UTM, crs, *wanted, densify_pts=21)
    xmin, ymin, xmax, ymax = carry_extent(there, crs, source)
    assert (xmin <= wanted[0] + 0.01, ymin <= wanted[1] + 0.01) == (True, True)
    assert (xmax >= wanted[2] - 0.01, ymax >= wanted[3] - 0.01) == (True, True)
    assert xmax - xmin < 600


@pytest.mark.parametrize(
    ("extent", "crs"),
    [((-20037508, -20037508, 20037508, 20037508), MERCATOR), ((-180, -90, 180, 90), WORLD)],
)
def test_a_view_of_the_world_takes_all_of_the_raster(
    source: RasterSource, extent: tuple[float, float, float, float], crs: str
) -> None:
    xmin, ymin, xmax, ymax = carry_extent(extent, crs, source)
    assert xmin <= 400000.01
    assert ymin <= 5699000.01
    assert xmax >= 400999.99
    assert ymax >= 5699999.99


def test_an_extent_beside_the_raster_is_told(source: RasterSource) -> None:
    with pytest.raises(NoOverlapError, match=r"a\.tif"):
        carry_extent((0, 0, 1, 1), WORLD, source)


@pytest.mark.parametrize("crs", ["EPSG:999999", "no CRS", 'LOCAL_CS["somewhere"]'])
def test_a_crs_that_cannot_be_used_is_told(source: RasterSource, crs: str) -> None:
    with pytest.raises(ExtentError):
        carry_extent((0, 0, 1, 1), crs, source)


def test_a_rectangle_the_wrong_way_round_meets_nothing(source: RasterSource) -> None:
    with pytest.raises(NoOverlapError):
        carry_extent((16, 52, 13, 50), WORLD, source)
