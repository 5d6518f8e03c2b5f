"""Which pixels of the chosen bands hold data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rasterio.enums import ColorInterp

from changeseek.core.raster.decode import Decoded, decode
from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.source import describe_source

WriteRaster = Callable[..., Path]
ALL = PixelWindow(0, 0, 4, 4)


def decode_all(path: Path, bands: Sequence[int] | None = None) -> Decoded:
    source = describe_source(path, bands)
    with open_dataset(source.path) as dataset:
        return decode(dataset, source, ALL)


def invalid_pixels(decoded: Decoded) -> list[tuple[int, int]]:
    return [(int(row), int(col)) for row, col in np.argwhere(~decoded.valid)]


def test_bands_come_in_the_order_asked_for(write_raster: WriteRaster) -> None:
    values = np.stack([np.full((4, 4), band, np.uint16) for band in (10, 20, 30, 40)])
    decoded = decode_all(write_raster("a.tif", values), (4, 1, 2))
    assert decoded.values[:, 0, 0].tolist() == [40, 10, 20]
    assert decoded.values.dtype == np.uint16
    assert decoded.valid.all()


def test_one_band_is_repeated(write_raster: WriteRaster) -> None:
    decoded = decode_all(write_raster("a.tif", np.arange(16, dtype=np.uint8).reshape(1, 4, 4)))
    assert (decoded.values == decoded.values[0]).all()


def test_signed_nodata_in_one_band_is_enough(write_raster: WriteRaster) -> None:
    values = np.ones((3, 4, 4), np.int16)
    values[1, 2, 3] = -32768
    assert invalid_pixels(decode_all(write_raster("a.tif", values, nodata=-32768))) == [(2, 3)]


def test_zero_is_an_honest_value_unless_all_bands_hold_it(write_raster: WriteRaster) -> None:
    values = np.ones((3, 4, 4), np.uint8)
    values[0, 0, 0] = 0
    values[:, 1, 1] = 0
    assert invalid_pixels(decode_all(write_raster("a.tif", values, nodata=0))) == [(1, 1)]


def test_nodata_of_other_bands_does_not_count(write_raster: WriteRaster) -> None:
    values = np.ones((4, 4, 4), np.uint8)
    values[3] = 0
    path = write_raster("a.tif", values, nodata=0, photometric="MINISBLACK")
    assert decode_all(path, (1, 2, 3)).valid.all()
    assert not decode_all(path, (4,)).valid.any()


def test_nan_and_infinity_are_no_data(write_raster: WriteRaster) -> None:
    values = np.ones((3, 4, 4), np.float32)
    values[0, 0, 1], values[2, 3, 3] = np.nan, np.inf
    assert invalid_pixels(decode_all(write_raster("a.tif", values))) == [(0, 1), (3, 3)]


def test_float_nodata_is_compared_as_float(write_raster: WriteRaster) -> None:
    values = np.ones((3, 4, 4), np.float32)
    lowest = float(np.finfo(np.float32).min)
    values[0, 0, 1] = lowest
    assert invalid_pixels(decode_all(write_raster("a.tif", values, nodata=lowest))) == [(0, 1)]


def test_alpha_hides_pixels(write_raster: WriteRaster) -> None:
    values = np.full((4, 4, 4), 255, np.uint8)
    values[3, 2, 2] = 0
    colours = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)
    assert invalid_pixels(decode_all(write_raster("a.tif", values, colours=colours))) == [(2, 2)]


def test_an_alpha_band_that_is_looked_at_hides_nothing(write_raster: WriteRaster) -> None:
    values = np.full((4, 4, 4), 255, np.uint8)
    values[3, 2, 2] = 0
    assert decode_all(write_raster("a.tif", values, alpha="YES"), (4, 1, 2)).valid.all()


def test_a_mask_hides_pixels(write_raster: WriteRaster) -> None:
    mask = np.ones((4, 4), bool)
    mask[1, 0] = False
    assert invalid_pixels(decode_all(write_raster("a.tif", np.ones((3, 4, 4), np.uint8), mask=mask))) == [
        (1, 0)
    ]


def test_a_palette_becomes_colours(write_raster: WriteRaster) -> None:
    palette = {0: (9, 9, 9, 255), 1: (255, 0, 10, 255), 2: (1, 2, 3, 255)}
    indices = np.ones((1, 4, 4), np.uint8)
    indices[0, 0, 0], indices[0, 3, 3] = 0, 2
    decoded = decode_all(write_raster("a.tif", indices, palette=palette, nodata=0))
    assert decoded.values[:, 1, 1].tolist() == [255, 0, 10]
    assert decoded.values[:, 3, 3].tolist() == [1, 2, 3]
    assert invalid_pixels(decoded) == [(0, 0)]


def test_the_gap_between_a_mosaics_files_is_no_data(write_raster: WriteRaster, tmp_path: Path) -> None:
    part = write_raster("part.tif", np.full((3, 4, 2), 9, np.uint8))
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}"><SimpleSource>'
        f'<SourceFilename relativeToVRT="1">{part.name}</SourceFilename><SourceBand>{band}</SourceBand>'
        "</SimpleSource></VRTRasterBand>"
        for band in (1, 2, 3)
    )
    mosaic = tmp_path / "mosaic.vrt"
    mosaic.write_text(
        '<VRTDataset rasterXSize="4" rasterYSize="4"><SRS>EPSG:32615</SRS>'
        f"<GeoTransform>400000, 1, 0, 4100000, 0, -1</GeoTransform>{bands}</VRTDataset>"
    )
    assert decode_all(mosaic).valid.tolist() == [[True, True, False, False]] * 4
