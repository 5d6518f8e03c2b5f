from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from rasterio.warp import transform_bounds

from changeseek.core.errors import ShiftUnknownError
from changeseek.core.raster.check.correlation import correlate, find_peak
from changeseek.core.raster.check.edges import find_edges
from changeseek.core.raster.check.measure import check_pair, checked
from changeseek.core.raster.pair import RasterPair, moved_back, open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches

Write = Callable[..., Path]
Ground = Callable[..., NDArray[np.float64]]
KNOWN = [(0.0, 0.0), (0.5, 0.0), (0.0, -1.0), (3.7, 0.5), (-12.0, 12.0)]


def stored(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.asarray(np.rint(values.clip(0, 255)), dtype=np.uint8)


def as_seen_another_day(values: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Darker, of another contrast that grows to the east, with the noise of a camera."""
    light = np.linspace(0.6, 1.3, values.shape[2])
    noise = np.random.default_rng(seed).normal(scale=6.0, size=values.shape)
    return np.asarray(255.0 * (values * light / 255.0).clip(0, 1) ** 1.4 + noise)


def half_changed(values: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    changed = values.copy()
    changed[:, :, values.shape[2] // 2 :] = other[:, :, values.shape[2] // 2 :]
    return changed


@pytest.mark.parametrize("shift", KNOWN)
@pytest.mark.parametrize("case", ["alike", "other light", "half changed"])
def test_a_known_shift_comes_back(
    write_raster: Write, ground: Ground, shift: tuple[float, float], case: str
) -> None:
    before, after = ground(1), ground(1, shift)
    if case == "half changed":
        after = half_changed(after, ground(2))
    if case != "alike":
        before = before + np.random.default_rng(3).normal(scale=4.0, size=before.shape)
        after = as_seen_another_day(after, 4)
    paths = write_raster("before.tif", stored(before)), write_raster("after.tif", stored(after))
    found = check_pair(open_pair(*paths))
    assert found.shift == pytest.approx(shift, abs=0.3)
    assert found.agreement >= (0.3 if case == "half changed" else 0.9)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 1000),
    east=st.integers(-31, 31),
    south=st.integers(-31, 31),
    gain=st.floats(0.3, 1.0),
    offset=st.floats(0.0, 60.0),
)
def test_any_shift_of_up_to_a_quarter_of_a_window_is_found_in_any_light(
    seed: int, east: int, south: int, gain: float, offset: float
) -> None:
    rough = np.random.default_rng(seed).integers(0, 200, (3, 32, 32)).astype(np.float64)
    picture = rough.repeat(4, axis=1).repeat(4, axis=2)
    moved = np.roll(picture, (south, east), axis=(1, 2)) * gain + offset
    valid = np.ones(picture.shape[1:], dtype=bool)
    edges = [find_edges(stored(one), valid) for one in (picture, moved)]
    assert edges[0] is not None
    assert edges[1] is not None
    peak = find_peak(correlate(edges[0], edges[1]))
    assert (peak.east, peak.south) == pytest.approx((east, south), abs=0.3)


def test_where_the_file_says_it_lies_counts(write_raster: Write, ground: Ground) -> None:
    picture = stored(ground(1))
    fine = picture.repeat(2, axis=1).repeat(2, axis=2)
    before = write_raster("before.tif", picture)
    after = write_raster("after.tif", fine, pixel=0.5, corner=(400003.0, 4099998.0))
    pair = open_pair(before, after)
    assert pair.grid.transform.a == 0.5
    assert check_pair(pair).shift == pytest.approx((6.0, 4.0), abs=0.3)


def test_the_same_rasters_give_the_same_numbers(write_raster: Write, ground: Ground) -> None:
    paths = (
        write_raster("before.tif", stored(ground(1))),
        write_raster("after.tif", stored(ground(1, (2, 1)))),
    )
    assert check_pair(open_pair(*paths)) == check_pair(open_pair(*paths))


@pytest.mark.parametrize("seed", range(4))
def test_two_different_places_have_no_shift(write_raster: Write, ground: Ground, seed: int) -> None:
    paths = (
        write_raster("before.tif", stored(ground(seed))),
        write_raster("after.tif", stored(ground(seed + 50))),
    )
    found = check_pair(open_pair(*paths))
    assert (found.shift, found.spread, found.distance) == (None, None, None)
    assert found.places == 9


def test_water_without_texture_has_no_shift(write_raster: Write) -> None:
    calm = np.full((3, 300, 300), 90, dtype=np.uint8)
    calm[:, :20, :20] = 200
    found = check_pair(open_pair(write_raster("before.tif", calm), write_raster("after.tif", calm)))
    assert (found.shift, found.agreement, found.places) == (None, 0.0, 0) or found.places == 1


def test_a_raster_smaller_than_a_window_is_not_measured(write_raster: Write, ground: Ground) -> None:
    small = stored(ground(1, side=48))
    found = check_pair(open_pair(write_raster("before.tif", small), write_raster("after.tif", small)))
    assert (found.shift, found.places) == (None, 0)


def test_gaps_in_the_data_are_no_edges(write_raster: Write, ground: Ground) -> None:
    rows, cols = np.mgrid[0:560, 0:560]
    mask = (rows + 2 * cols) % 300 > 60
    found = check_pair(
        open_pair(
            write_raster("before.tif", stored(ground(1)), mask=mask),
            write_raster("after.tif", stored(ground(1, (5, -2))), mask=mask),
        )
    )
    assert found.shift == pytest.approx((5, -2), abs=0.3)
    assert found.valid == pytest.approx(0.8, abs=0.05)


def test_it_takes_little_time(write_raster: Write, ground: Ground) -> None:
    large = stored(ground(1, side=1200))
    pair = open_pair(write_raster("before.tif", large), write_raster("after.tif", large))
    started = time.process_time()
    assert check_pair(pair).places == 16
    assert time.process_time() - started < 3


def shifted_pair(write: Write, ground: Ground, shift: tuple[float, float], **after: Any) -> RasterPair:
    one, other = write("before.tif", stored(ground(1))), write("after.tif", stored(ground(1, shift)), **after)
    return checked(open_pair(one, other))


def test_the_later_date_is_moved_back_by_whole_pixels_without_loss(
    write_raster: Write, ground: Ground
) -> None:
    pair = moved_back(shifted_pair(write_raster, ground, (4, -3)))
    assert pair.moved == (4.0, -3.0)
    (block,) = read_patches(pair, TileGrid(pair.grid, 256, 256), indices=[4])
    inner = block.patches[0].astype(int)
    assert np.abs(inner[0] - inner[1]).max() <= 1


def test_a_moved_date_is_not_shifted_any_more(write_raster: Write, ground: Ground) -> None:
    pair = moved_back(shifted_pair(write_raster, ground, (2.4, 0.7)))
    left = check_pair(pair)
    assert left.distance is not None
    assert left.distance < 0.2


def test_a_date_in_another_crs_is_moved_in_its_own_pixels(write_raster: Write, ground: Ground) -> None:
    west, south, east, north = transform_bounds("EPSG:32615", "EPSG:3857", 400000, 4099440, 400560, 4100000)
    across, down = (east - west) / 560, (north - south) / 560
    place = Affine(across, 0, west + 5 * across, 0, -down, north)
    pair = shifted_pair(write_raster, ground, (0, 0), crs="EPSG:3857", transform=place)
    found = pair.check
    assert found is not None
    assert found.shift is not None
    assert found.shift[0] == pytest.approx(5, abs=1.5)
    left = check_pair(moved_back(pair))
    assert left.shift == pytest.approx((0, 0), abs=0.3)


def test_what_cannot_be_measured_cannot_be_taken_out(write_raster: Write, ground: Ground) -> None:
    paths = write_raster("before.tif", stored(ground(1))), write_raster("after.tif", stored(ground(60)))
    with pytest.raises(ShiftUnknownError, match="could not be measured"):
        moved_back(checked(open_pair(*paths)))
    with pytest.raises(ShiftUnknownError):
        moved_back(open_pair(*paths))


def test_dates_that_lie_on_each_other_are_left_alone(write_raster: Write, ground: Ground) -> None:
    pair = shifted_pair(write_raster, ground, (0, 0))
    assert moved_back(pair) is pair
