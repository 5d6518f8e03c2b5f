"""The outline of a grid in longitude and latitude, where these are easy and where they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from changeseek.core.index.footprint import Footprint, footprint
from changeseek.core.index.manifest import IndexRecord


def footprint_of(
    record: IndexRecord, crs: str, corner: tuple[float, float], pixel: float, size: tuple[int, int]
) -> Footprint:
    place = (pixel, 0.0, corner[0], 0.0, -pixel, corner[1])
    return footprint(replace(record.grid, crs=crs, transform=place, width=size[0], height=size[1]))


def test_a_grid_on_one_side_of_the_earth_is_a_polygon_of_its_corners(record: IndexRecord) -> None:
    found = footprint_of(record, "EPSG:4326", (10.0, 50.0), 0.5, (4, 2))
    assert found.geometry == {
        "type": "Polygon",
        "coordinates": [[[10.0, 50.0], [10.0, 49.0], [12.0, 49.0], [12.0, 50.0], [10.0, 50.0]]],
    }
    assert found.bbox == [10.0, 49.0, 12.0, 50.0]


def test_the_whole_earth_is_not_cut(record: IndexRecord) -> None:
    found = footprint_of(record, "EPSG:4326", (-180.0, 90.0), 1.0, (360, 180))
    assert found.bbox == [-180.0, -90.0, 180.0, 90.0]
    assert found.geometry["type"] == "Polygon"


@pytest.mark.parametrize(
    ("crs", "corner", "pixel"),
    [("EPSG:4326", (179.0, 10.0), 0.01), ("EPSG:32601", (165000.0, 1100000.0), 500.0)],
)
def test_a_grid_across_the_antimeridian_is_cut_there(
    record: IndexRecord, crs: str, corner: tuple[float, float], pixel: float
) -> None:
    found = footprint_of(record, crs, corner, pixel, (200, 100))
    west, south, east, north = found.bbox
    assert (found.geometry["type"], len(found.geometry["coordinates"])) == ("MultiPolygon", 2)
    assert 178 < west < 180
    assert -180 < east < -178
    assert 8 < south < north < 11
    shape = shapely.geometry.shape(found.geometry)
    assert shape.is_valid
    assert shape.bounds[0] == -180.0
    assert shape.bounds[2] == 180.0


@pytest.mark.parametrize(("crs", "latitude"), [("EPSG:3413", 90.0), ("EPSG:3031", -90.0)])
def test_a_grid_over_a_pole_reaches_all_around(record: IndexRecord, crs: str, latitude: float) -> None:
    found = footprint_of(record, crs, (-4000.0, 3200.0), 100.0, (80, 64))
    assert (found.bbox[0], found.bbox[2]) == (-180.0, 180.0)
    assert latitude in (found.bbox[1], found.bbox[3])
    assert shapely.geometry.shape(found.geometry).is_valid


def test_a_grid_that_ends_at_a_pole_is_a_polygon(record: IndexRecord) -> None:
    found = footprint_of(record, "EPSG:4326", (0.0, 90.0), 0.01, (100, 100))
    assert found.bbox == [0.0, 89.0, 1.0, 90.0]


def test_of_a_grid_that_sticks_out_of_its_projection_what_lies_on_earth_counts(record: IndexRecord) -> None:
    west, south, east, north = footprint_of(record, "EPSG:6933", (-17.0e6, 7.5e6), 1e5, (100, 20)).bbox
    assert (west, east) == pytest.approx((-176.2, -72.5), abs=0.5)
    assert 30 < south < north <= 90
