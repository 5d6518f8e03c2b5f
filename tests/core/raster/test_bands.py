"""Three bands are chosen by what the raster says of them, or as the user says."""

from __future__ import annotations

import pytest

from changeseek.core.errors import UnknownBandError
from changeseek.core.raster.bands import BandInfo, choose_bands, parse_bands


def undescribed(count: int) -> list[BandInfo]:
    return [BandInfo("undefined", "")] * count


def described(*names: str) -> list[BandInfo]:
    return [BandInfo("undefined", name) for name in names]


def test_colour_interpretation_comes_first() -> None:
    infos = [BandInfo(colour, "red") for colour in ("blue", "green", "red", "undefined")]
    assert choose_bands(infos, None, "x.tif") == (3, 2, 1)


@pytest.mark.parametrize(
    "names",
    [
        ("nir", "blue", "green", "red"),
        ("Near Infrared", "Blue", "Green", "Red"),
        ("Red Edge 1", "vis-blue", "vis-green", "vis-red"),
    ],
)
def test_descriptions_come_second(names: tuple[str, ...]) -> None:
    assert choose_bands(described(*names), None, "x.tif") == (4, 3, 2)


def test_else_the_first_three_are_taken() -> None:
    assert choose_bands(described("swir1", "nir", "red", "green"), None, "x.tif") == (1, 2, 3)


def test_alpha_is_no_colour() -> None:
    infos = [BandInfo("alpha", ""), *undescribed(3)]
    assert choose_bands(infos, None, "x.tif") == (2, 3, 4)


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_than_three_bands_are_grey(count: int) -> None:
    assert choose_bands(undescribed(count), None, "x.tif") == (1, 1, 1)


def test_the_user_decides() -> None:
    assert choose_bands(undescribed(4), (4, 1, 2), "x.tif") == (4, 1, 2)
    assert choose_bands(undescribed(4), (4,), "x.tif") == (4, 4, 4)


@pytest.mark.parametrize("wanted", [(1, 2, 5), (0, 1, 2), (-1,)])
def test_a_band_that_is_not_there_is_named(wanted: tuple[int, ...]) -> None:
    with pytest.raises(UnknownBandError, match=r"x\.tif has no band -?\d\. Its bands are 1 to 4"):
        choose_bands(undescribed(4), wanted, "x.tif")


def test_two_bands_make_no_picture() -> None:
    with pytest.raises(UnknownBandError, match="2 bands were given"):
        choose_bands(undescribed(4), (1, 2), "x.tif")


def test_bands_are_read_from_text() -> None:
    assert parse_bands("3, 2,1") == (3, 2, 1)
    with pytest.raises(UnknownBandError, match="'red' does not name bands"):
        parse_bands("red")
