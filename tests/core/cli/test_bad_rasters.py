"""Rasters as they should not be: each works, or is refused in one line that names it, and nothing is left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.transform import from_origin

from changeseek.tests.core.cli.conftest import write_raster

Cli = Callable[..., Any]
CORNER = from_origin(500000, 5000000, 1, 1)
NOISE = np.random.default_rng(3).integers(1, 256, (3, 128, 160), dtype=np.uint8)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a good raster of the first date."""
    write_raster(tmp_path / "good.tif", NOISE[:, :64, :80])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(cli: Cli, before: str, after: str, words: str, *options: object) -> None:
    there = sorted(os.listdir())
    outcome = cli("index", before, after, "-o", "new/folder/i.csx", "--tile", 16, *options)
    [line] = outcome.err.splitlines()
    assert (outcome.code, outcome.out) == (2, "")
    assert line.startswith("changeseek: ")
    assert words in line
    assert ". " in line
    assert sorted(os.listdir()) == there


def test_no_crs(cli: Cli, here: Path) -> None:
    write_raster(here / "bad.tif", NOISE, crs=None)
    refused(cli, "good.tif", "bad.tif", "bad.tif has no coordinate reference system. Assign one")


def test_a_crs_of_no_place_on_earth(cli: Cli, here: Path) -> None:
    write_raster(here / "hall.tif", NOISE, crs='LOCAL_CS["machine hall",UNIT["metre",1]]')
    refused(cli, "hall.tif", "hall.tif", "hall.tif lies nowhere on Earth by its coordinate")


def test_a_place_beyond_the_pole(cli: Cli, here: Path) -> None:
    write_raster(here / "metres.tif", NOISE, crs="EPSG:4326", transform=CORNER)
    refused(cli, "metres.tif", "metres.tif", "metres.tif lies nowhere on Earth by its coordinate")


def test_complex_numbers(cli: Cli, here: Path) -> None:
    write_raster(here / "radar.tif", NOISE.astype(np.complex64), dtype="complex64")
    refused(cli, "good.tif", "radar.tif", "radar.tif holds complex numbers. Give a raster of amplitudes")


@pytest.mark.parametrize("values", [np.full_like(NOISE, np.nan, np.float32), np.zeros_like(NOISE)])
def test_no_valid_pixel(cli: Cli, here: Path, values: NDArray[Any]) -> None:
    write_raster(here / "empty.tif", values, dtype=values.dtype, nodata=0)
    refused(cli, "good.tif", "empty.tif", "empty.tif has no valid pixel where the dates overlap. Check its")


def test_two_halves_that_are_nowhere_both_valid(cli: Cli, here: Path) -> None:
    left, right = NOISE.copy(), NOISE.copy()
    left[:, :, 80:], right[:, :, :80] = 0, 0
    write_raster(here / "left.tif", left, nodata=0)
    write_raster(here / "right.tif", right, nodata=0)
    refused(cli, "left.tif", "right.tif", "left.tif and right.tif share no valid pixel")


@pytest.mark.parametrize("share", [0.999, 0.6, 0.1])
@pytest.mark.parametrize("driver", ["GTiff", "COG"])
def test_a_tiff_that_was_cut_short(cli: Cli, here: Path, share: float, driver: str) -> None:
    profile = {} if driver == "COG" else {"tiled": True, "blockxsize": 64, "blockysize": 64}
    whole = write_raster(here / "cut.tif", NOISE, driver=driver, **profile).read_bytes()
    Path("cut.tif").write_bytes(whole[: int(len(whole) * share)])
    refused(cli, "good.tif", "cut.tif", "cut.tif is cut short: its last pixels are missing. Copy")


def test_a_tiff_with_noise_in_it(cli: Cli, here: Path) -> None:
    content = bytearray(write_raster(here / "noise.tif", NOISE, compress="deflate").read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = bytes(2000)
    Path("noise.tif").write_bytes(content)
    refused(cli, "good.tif", "noise.tif", "noise.tif is damaged: some of its pixels cannot be read. Copy")


def test_longitudes_that_are_counted_a_turn_apart(cli: Cli, here: Path) -> None:
    for name, west in (("east.tif", 179.999), ("west.tif", -180.001)):
        write_raster(here / name, NOISE, crs="EPSG:4326", transform=from_origin(west, 10, 3e-5, 3e-5))
    refused(cli, "east.tif", "west.tif", "east.tif and west.tif count their longitudes a whole turn apart")


def test_a_folder_without_the_right_to_write(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere, so what the system would say to others is put into its mouth.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    refused(cli, "good.tif", "good.tif", "no right to write into")


def indexed(cli: Cli, before: str, after: str, *options: object) -> Any:
    outcome = cli("index", before, after, "-o", "i.csx", "--tile", 16, *options)
    assert outcome.code == 0, outcome.err
    found = cli("info", "i.csx", "--json").json
    assert found["problems"] == []
    return found | {"said": outcome.err}


def test_one_band_is_repeated_and_that_is_said(cli: Cli, here: Path) -> None:
    write_raster(here / "grey.tif", NOISE[:1])
    found = indexed(cli, "grey.tif", "grey.tif")
    assert found["before"]["bands"] == [1, 1, 1]
    assert "note: grey.tif is read in grey: band 1 as red, green and blue" in found["said"]


def test_a_palette_is_expanded_and_that_is_said(cli: Cli, here: Path) -> None:
    colours = np.array([[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]])
    numbers = NOISE[:1, :64, :80] % 3
    numbers[:, 16:32, 16:32] = 0
    write_raster(here / "table.tif", numbers)
    with rasterio.open(here / "table.tif", "r+") as dataset:
        dataset.write_colormap(1, dict(enumerate(map(tuple, colours.tolist()))))
    found = indexed(cli, "table.tif", "table.tif")
    assert "note: table.tif is read in the colours of its table" in found["said"]
    best = cli("search", "i.csx", "red", "--mode", "after", "-k", 1, "--json").json["hits"][0]
    assert best["tile_id"] == "r001c001"


@pytest.mark.parametrize(("first", "other"), [("flat.tif", "good.tif"), ("flat.tif", "flat.tif")])
def test_a_constant_band_does_no_harm(cli: Cli, here: Path, first: str, other: str) -> None:
    write_raster(here / "flat.tif", np.full((3, 64, 80), 7, np.uint8))
    assert indexed(cli, first, other)["tiles"] == 20


@pytest.mark.parametrize("turn", [Affine.rotation(30.0), Affine.shear(25.0, 0.0)])
def test_a_rotated_or_sheared_raster_just_works(cli: Cli, here: Path, turn: Affine) -> None:
    """A red square of ground is found where it lies, however the pixels are turned."""
    place = Affine.translation(500000, 5000000) @ turn @ Affine.scale(1.0, -1.0)
    after = NOISE.copy()
    after[:, 40:100, 50:110] = np.asarray([250, 5, 5])[:, None, None]
    for name, pixels in (("one.tif", NOISE), ("two.tif", after)):
        write_raster(here / name, pixels, transform=place)
    indexed(cli, "one.tif", "two.tif")
    best = cli("search", "i.csx", "red", "-k", 1, "--json").json["hits"][0]
    xmin, ymin, xmax, ymax = best["bounds"]
    col, row = ~place @ ((xmin + xmax) / 2, (ymin + ymax) / 2)
    assert 50 < col < 110
    assert 40 < row < 100


def test_an_overlap_of_one_pixel_is_one_tile(cli: Cli, here: Path) -> None:
    write_raster(here / "corner.tif", NOISE[:, :64, :80], transform=from_origin(500079, 4999937, 1, 1))
    found = indexed(cli, "good.tif", "corner.tif")
    assert (found["tiles"], found["grid"]["width"], found["grid"]["height"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("crs", "place"),
    [
        ("EPSG:4326", from_origin(179.999, 10, 3e-5, 3e-5)),
        ("EPSG:32601", from_origin(165900, 1000000, 10, 10)),
    ],
    ids=["longitudes over 180", "UTM"],
)
def test_a_raster_across_the_antimeridian_just_works(cli: Cli, here: Path, crs: str, place: Affine) -> None:
    write_raster(here / "far.tif", NOISE[:, :64, :80], crs=crs, transform=place)
    assert indexed(cli, "far.tif", "far.tif")["tiles"] == 20


@pytest.mark.parametrize(
    ("crs", "place", "gsd"),
    [
        ("EPSG:4326", from_origin(0, 90, 1e-3, 1e-3), 2.6),
        ("EPSG:3413", from_origin(-4000, 3200, 100, 100), 103),
    ],
    ids=["ends at it", "lies over it"],
)
def test_a_raster_at_a_pole_just_works(cli: Cli, here: Path, crs: str, place: Affine, gsd: float) -> None:
    write_raster(here / "pole.tif", NOISE[:, :64, :80], crs=crs, transform=place)
    found = indexed(cli, "pole.tif", "pole.tif")
    assert found["tiles"] == 20
    assert found["grid"]["gsd"] == pytest.approx(gsd, rel=0.05)
