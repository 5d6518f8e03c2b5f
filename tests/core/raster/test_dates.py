"""Dates come from the user, the tags, the file name, or stay unknown."""

from __future__ import annotations

from datetime import date

import pytest

from changeseek.core.errors import DateError
from changeseek.core.raster.dates import check_order, find_date, parse_dates


def test_the_user_gives_two_dates() -> None:
    assert parse_dates("2009-08-18, 2015-09-26") == (date(2009, 8, 18), date(2015, 9, 26))


@pytest.mark.parametrize(
    "text", ["", "2009-08-18", "2009-13-01,2015-01-01", "a,b", "2009-08-18,2010-01-01,2011-01-01"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="is not two dates"):
        parse_dates(text)


def test_dates_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(DateError, match="lies after"):
        parse_dates("2015-09-26,2009-08-18")
    with pytest.raises(DateError, match="lies after"):
        check_order((date(2015, 1, 1), date(2014, 1, 1)))


def test_tags_come_before_the_name() -> None:
    tags = {"TIFFTAG_DATETIME": "2011:05:24 10:11:12"}
    assert find_date("scene_20090818.tif", tags) == date(2011, 5, 24)


def test_acquisition_comes_before_writing() -> None:
    tags = {"TIFFTAG_DATETIME": "2011:05:24 10:11:12", "ACQUISITIONDATETIME": "2010-04-03T10:00:00"}
    assert find_date("scene.tif", tags) == date(2010, 4, 3)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("m_4709963_se_14_1_20090818.tif", date(2009, 8, 18)),
        ("S2A_MSIL2A_20170103T105432_N0204.jp2", date(2017, 1, 3)),
        ("LC08_L1TP_030029_20190612_20190618_B4.TIF", date(2019, 6, 12)),
        ("ortho 2015-09-26.vrt", date(2015, 9, 26)),
        ("1985.tif", date(1985, 1, 1)),
        ("pucallpa_1985_90m.tif", date(1985, 1, 1)),
        ("1985_2020.tif", None),
        ("before.tif", None),
        ("tile_32524-5137.tif", None),
        ("20091345.tif", None),
        ("29991231.tif", None),
    ],
)
def test_a_name_may_hold_a_date(name: str, expected: date | None) -> None:
    assert find_date(f"/data/20200101/{name}", {}) == expected


def test_a_tag_that_is_no_date_is_passed_over() -> None:
    assert find_date("x_20090818.tif", {"TIFFTAG_DATETIME": "0000:00:00 00:00:00"}) == date(2009, 8, 18)
