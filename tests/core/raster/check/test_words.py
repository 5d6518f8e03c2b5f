from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from changeseek.core.raster.check.findings import PairCheck
from changeseek.core.raster.check.measure import check_pair, checked
from changeseek.core.raster.check.words import describe_shift, warnings_of
from changeseek.core.raster.pair import moved_back, open_pair

Write = Callable[..., Path]
Ground = Callable[..., NDArray[np.float64]]

FINE = PairCheck((0.1, 0.2), 1.0, 0.1, 9, 1.0, 1.0, 0.0, 1.0, None, None, 0.0, 0.0)


@pytest.fixture
def dates(write_raster: Write, ground: Ground) -> Callable[..., tuple[str, ...]]:
    """What is said about a picture and what became of it."""

    def look(change: Callable[[NDArray[np.uint8]], NDArray[np.uint8]], **profile: Any) -> tuple[str, ...]:
        before = np.rint(ground(1)).astype(np.uint8)
        paths = write_raster("before.tif", before), write_raster("after.tif", change(before), **profile)
        return warnings_of(checked(open_pair(*paths)))

    return look


Dates = Callable[..., tuple[str, ...]]


def test_good_dates_are_not_talked_about(dates: Dates) -> None:
    assert dates(lambda picture: picture) == ()


def test_a_shift_is_said_with_its_cost_and_what_to_do(dates: Dates) -> None:
    (line,) = dates(lambda picture: np.roll(picture, (-2, 3), axis=(1, 2)))
    assert line == (
        "the later date lies 3.0 px east and 2.0 px north of where it should (100% of 9 places agree), so "
        "edges will seem to change and what is narrower than about 7.2 m cannot be trusted. Move it back "
        "(--shift-dates), or take larger tiles"
    )


def test_a_shift_that_is_taken_out_is_no_warning(write_raster: Write, ground: Ground) -> None:
    one, other = (np.rint(ground(1, (shift, 0))).astype(np.uint8) for shift in (0, 6))
    pair = checked(open_pair(write_raster("before.tif", one), write_raster("after.tif", other)))
    assert len(warnings_of(pair)) == 1
    assert warnings_of(moved_back(pair)) == ()


def test_another_light_is_measured_before_it_is_matched(write_raster: Write, ground: Ground) -> None:
    before = np.rint(ground(1)).astype(np.uint8)
    after = np.rint(before * 0.4 + 5).astype(np.uint8)
    pair = checked(open_pair(write_raster("before.tif", before), write_raster("after.tif", after)))
    assert pair.check is not None
    wanted = float((after.astype(float) - before).mean())
    assert pair.check.brightness == pytest.approx(wanted, abs=15)
    assert pair.check.contrast == pytest.approx(0.4, abs=0.1)
    assert any("levels darker" in line for line in warnings_of(pair))


def test_swapped_bands_are_named(write_raster: Write, ground: Ground) -> None:
    reds, greens, blues = (ground(seed)[0] for seed in (1, 2, 3))
    before = np.rint(np.stack([reds, greens, blues])).astype(np.uint8)
    after = before[::-1].copy()
    pair = checked(open_pair(write_raster("before.tif", before), write_raster("after.tif", after)))
    assert pair.check is not None
    assert pair.check.band_order == (3, 2, 1)
    assert any("Try --bands-after 3,2,1" in line for line in warnings_of(pair))
    right = checked(open_pair(pair.before.path, pair.after.path, bands=(1, 2, 3), bands_after=(3, 2, 1)))
    assert right.check is not None
    assert right.check.band_order is None


def test_one_grey_date_is_named(dates: Dates) -> None:
    lines = dates(lambda picture: picture[:1])
    assert any("the after raster is grey" in line and "--bands 1" in line for line in lines)


def test_a_white_cloud_is_guessed_and_a_white_roof_on_both_dates_is_none(
    write_raster: Write, ground: Ground
) -> None:
    before = np.rint(ground(1)).astype(np.uint8)
    before[:, 400:520, 400:520] = 250
    after = before.copy()
    after[:, 100:300, 100:300] = 252
    found = check_pair(open_pair(write_raster("before.tif", before), write_raster("after.tif", after)))
    assert found.cloudy_before == 0.0
    assert found.cloudy_after == pytest.approx(200 * 200 / 560**2, abs=0.06)


def test_little_common_ground_and_few_valid_pixels_are_said(write_raster: Write, ground: Ground) -> None:
    picture = np.rint(ground(1)).astype(np.uint8)
    mask = np.ones((560, 560), dtype=bool)
    mask[:, 0:560:2] = False
    mask[0:560:5] = False
    before = write_raster("before.tif", picture, mask=mask)
    pair = checked(open_pair(before, write_raster("after.tif", picture, corner=(400300.0, 4100000.0))))
    assert pair.check is not None
    assert pair.check.overlap == pytest.approx(260 / 560, abs=0.01)
    lines = " ".join(warnings_of(pair))
    assert "share 46% of the smaller raster's ground" in lines
    assert "of the pixels looked at are valid" in lines


def test_a_small_raster_inside_a_large_one_overlaps_whole(write_raster: Write, ground: Ground) -> None:
    picture = np.rint(ground(1)).astype(np.uint8)
    small = write_raster("after.tif", picture[:, 100:300, 100:300], corner=(400100.0, 4099900.0))
    found = check_pair(open_pair(write_raster("before.tif", picture), small))
    assert found.overlap == 1.0
    assert found.shift == pytest.approx((0, 0), abs=0.3)


def test_findings_survive_json_and_others_are_no_findings() -> None:
    swapped = replace(FINE, band_order=(3, 2, 1), shift=None)
    for check in (FINE, swapped):
        lists = {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(check).items()
        }
        assert PairCheck.from_json(lists | {"of a later version": 1}) == check
    assert PairCheck.from_json(None) is None
    assert PairCheck.from_json({"shift": [1.0, 2.0]}) is None


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (FINE, "the later date is shifted by 0.2 px, 100% of 9 places agree"),
        (
            replace(FINE, shift=(-3.0, 4.0)),
            "the later date is shifted by 5.0 px (3.0 px west and 4.0 px south), 100% of 9 places agree",
        ),
        (replace(FINE, shift=None, agreement=0.11), "not measurable (11% of 9 places agree)"),
    ],
)
def test_the_shift_in_a_few_words(check: PairCheck, words: str) -> None:
    assert describe_shift(check) == words
