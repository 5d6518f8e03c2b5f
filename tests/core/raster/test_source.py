"""What is known of a raster before a pixel is read, and what is said when it cannot be used."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from rasterio.enums import ColorInterp

from changeseek.core.errors import MissingCrsError, SourceNotFoundError, SourceNotReadableError
from changeseek.core.raster.source import describe_source

WriteRaster = Callable[..., Path]
GREY = np.zeros((1, 8, 8), np.uint8)
COLOUR = np.zeros((4, 32, 48), np.uint8)
BLUE_FIRST = (ColorInterp.blue, ColorInterp.green, ColorInterp.red, ColorInterp.undefined)


def test_a_source_says_what_reading_needs(write_raster: WriteRaster) -> None:
    path = write_raster(
        "scene_20090818.tif",
        COLOUR,
        pixel=2.0,
        nodata=7,
        colours=BLUE_FIRST,
        tiled=True,
        blockxsize=16,
        blockysize=16,
    )
    source = describe_source(path)
    assert (source.bands, source.nodata, source.block) == ((3, 2, 1), (7.0, 7.0, 7.0), (16, 16))
    assert (source.crs, source.width, source.height, source.dtype) == ("EPSG:32615", 48, 32, "uint8")
    assert (source.date, source.size) == (date(2009, 8, 18), path.stat().st_size)
    assert source.bounds == (400000.0, 4099936.0, 400096.0, 4100000.0)


def test_the_path_is_kept_absolute(write_raster: WriteRaster, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_raster("a.tif", GREY)
    monkeypatch.chdir(path.parent)
    assert describe_source("a.tif").path == str(path)


def test_the_bounds_of_a_rotated_raster_hold_its_corners(write_raster: WriteRaster) -> None:
    turned = Affine.translation(400000.0, 4100000.0) @ Affine.rotation(45.0) @ Affine.scale(1.0, -1.0)
    bounds = describe_source(write_raster("turned.tif", GREY, transform=turned)).bounds
    assert bounds.xmax - bounds.xmin == pytest.approx(8 * 2**0.5)


def test_files_that_change_no_pixel_do_not_count(write_raster: WriteRaster) -> None:
    path = write_raster("a.tif", GREY)
    before = describe_source(path)
    Path(f"{path}.aux.xml").write_text("<PAMDataset></PAMDataset>")
    assert describe_source(path) == before


def test_a_changed_file_is_noticed(write_raster: WriteRaster) -> None:
    path = write_raster("a.tif", GREY)
    before = describe_source(path)
    os.utime(path, (1e9, 1e9))
    assert describe_source(path).mtime == 1e9 != before.mtime


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match=r"gone\.tif does not exist"):
        describe_source(tmp_path / "gone.tif")
    with pytest.raises(SourceNotFoundError, match="does not exist"):
        describe_source(tmp_path / ("x" * 300))
    with pytest.raises(SourceNotFoundError, match="does not exist"):
        describe_source(tmp_path / "half a character \udcff")


@pytest.mark.parametrize("content", [b"", b"not a raster at all"])
def test_a_file_that_is_no_raster_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.tif"
    path.write_bytes(content)
    with pytest.raises(SourceNotReadableError, match=r"notes\.tif is not a raster"):
        describe_source(path)


def test_a_folder_is_no_raster(tmp_path: Path) -> None:
    with pytest.raises(SourceNotReadableError, match="is not a raster"):
        describe_source(tmp_path)


def test_complex_numbers_are_no_picture(write_raster: WriteRaster) -> None:
    with pytest.raises(SourceNotReadableError, match="complex"):
        describe_source(write_raster("radar.tif", GREY.astype(np.complex64)))


def test_a_raster_without_crs_is_named(write_raster: WriteRaster) -> None:
    with pytest.raises(MissingCrsError, match=r"plain\.tif has no coordinate reference system"):
        describe_source(write_raster("plain.tif", GREY, crs=None))


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raster_without_a_place_is_named(write_raster: WriteRaster) -> None:
    path = write_raster("nowhere.tif", GREY, transform=Affine.identity())
    with pytest.raises(MissingCrsError, match=r"nowhere\.tif does not say where it lies"):
        describe_source(path)


def test_looking_for_a_place_warns_nobody(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "photo.png")
    with pytest.raises(MissingCrsError):
        describe_source(tmp_path / "photo.png")


def test_a_png_lies_where_its_world_file_says(write_raster: WriteRaster) -> None:
    path = write_raster("photo.png", np.zeros((3, 8, 8), np.uint8), driver="PNG", WORLDFILE="YES")
    assert describe_source(path).bounds == (400000.0, 4099992.0, 400008.0, 4100000.0)


def test_every_message_is_one_line_with_advice(write_raster: WriteRaster, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError) as raised:
        describe_source(tmp_path / "gone.tif")
    assert "\n" not in str(raised.value)
    assert raised.value.advice
