"""Pixels have a place and a size on the ground, in whatever CRS."""

from __future__ import annotations

import math

import pytest
from affine import Affine

from changeseek.core.raster.grid import Bounds, PixelGrid, PixelWindow, overlap_slices

METRES_PER_DEGREE = 111195


def test_bounds_are_the_outer_edge() -> None:
    grid = PixelGrid("EPSG:32615", Affine(2.0, 0.0, 100.0, 0.0, -2.0, 200.0), width=10, height=5)
    assert grid.bounds == Bounds(100.0, 190.0, 120.0, 200.0)
    assert grid.window_bounds(PixelWindow(1, 2, 3, 4)) == Bounds(104.0, 192.0, 112.0, 198.0)


def test_a_metric_projection_is_taken_at_its_word() -> None:
    grid = PixelGrid("EPSG:32615", Affine(0.6, 0.0, 4e5, 0.0, -0.6, 4.1e6), 100, 100)
    assert grid.ground_sample_distance == pytest.approx(0.6, rel=1e-9)


def test_feet_are_converted() -> None:
    grid = PixelGrid("EPSG:2263", Affine(1.0, 0.0, 980000.0, 0.0, -1.0, 200000.0), 100, 100)
    assert grid.ground_sample_distance == pytest.approx(0.3048, rel=1e-4)


def test_web_mercator_shrinks_towards_the_poles() -> None:
    latitude = 60.0
    northing = 6378137 * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    grid = PixelGrid("EPSG:3857", Affine(1.0, 0.0, 0.0, 0.0, -1.0, northing), 2, 2)
    assert grid.ground_sample_distance == pytest.approx(0.5, rel=0.01)


@pytest.mark.parametrize("latitude", [0.0, 45.0, -60.0])
def test_degrees_are_measured_where_they_lie(latitude: float) -> None:
    grid = PixelGrid("EPSG:4326", Affine(1e-4, 0.0, 25.0, 0.0, -1e-4, latitude), 2, 2)
    expected = 1e-4 * METRES_PER_DEGREE * math.sqrt(math.cos(math.radians(latitude)))
    assert grid.ground_sample_distance == pytest.approx(expected, rel=0.01)
    assert grid.ground_scale.x == pytest.approx(
        METRES_PER_DEGREE * math.cos(math.radians(latitude)), rel=0.01
    )


def test_windows_share_pixels() -> None:
    inner, outer = overlap_slices(PixelWindow(10, 20, 5, 5), PixelWindow(12, 0, 100, 23))
    assert inner == (slice(2, 5), slice(0, 3))
    assert outer == (slice(0, 3), slice(20, 23))
