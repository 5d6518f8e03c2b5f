"""Two rasters of any kind become one pair."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from changeseek.core.errors import DateError, NoOverlapError, UnknownBandError
from changeseek.core.raster import sample
from changeseek.core.raster.decode import Decoded
from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.raster.source import RasterSource
from changeseek.core.raster.spread import decode_spread

WriteRaster = Callable[..., Path]
Landscape = Callable[[int, int], NDArray[np.uint8]]


@pytest.fixture
def scene(landscape: Landscape) -> NDArray[np.float64]:
    return landscape(120, 150).astype(np.float64)


def ends(pair: RasterPair) -> NDArray[np.float64]:
    """Stored values (2, 2, 3) that become black and white on either date."""
    stretches = (pair.stretch_before, pair.stretch_after)
    return np.array([[stretch.low, stretch.high] for stretch in stretches])


def test_a_pair_is_plain_data(write_raster: WriteRaster, landscape: Landscape) -> None:
    path = write_raster("a.tif", landscape(20, 30))
    pair = open_pair(path, path)
    assert pickle.loads(pickle.dumps(pair)) == pair
    assert (pair.grid.width, pair.grid.height) == (30, 20)


def test_the_dates_light_is_matched(write_raster: WriteRaster, scene: NDArray[np.float64]) -> None:
    before = write_raster("before.tif", (scene * 4 + 100).astype(np.uint16))
    after = write_raster("after.tif", (scene * 8 + 1000).astype(np.uint16))
    pair = open_pair(before, after)
    np.testing.assert_allclose(ends(pair)[1], (ends(pair)[0] - 100) * 2 + 1000, atol=5)


def test_the_match_can_be_left_out(write_raster: WriteRaster, scene: NDArray[np.float64]) -> None:
    before = write_raster("before.tif", scene.astype(np.uint8))
    after = write_raster("after.tif", (scene * 0.5 + 20).astype(np.uint8))
    assert open_pair(before, after, match=False).stretch_after.high == (255.0, 255.0, 255.0)
    assert open_pair(before, after).stretch_after.high == pytest.approx((147.5,) * 3, abs=2)


def test_bands_are_chosen_for_each_date(write_raster: WriteRaster) -> None:
    path = write_raster("a.tif", np.random.default_rng(0).integers(0, 99, (4, 20, 20), dtype=np.uint16))
    assert open_pair(path, path, bands=(4, 3, 2)).after.bands == (4, 3, 2)
    both = open_pair(path, path, bands=(4, 3, 2), bands_after=(1,))
    assert (both.before.bands, both.after.bands) == ((4, 3, 2), (1, 1, 1))
    with pytest.raises(UnknownBandError, match=r"a\.tif has no band 9"):
        open_pair(path, path, bands=(9, 1, 2))


def test_dates_come_from_the_user_first(write_raster: WriteRaster, landscape: Landscape) -> None:
    before = write_raster("a_2009-08-18.tif", landscape(9, 9))
    after = write_raster("b.tif", landscape(9, 9))
    assert open_pair(before, after).dates == (date(2009, 8, 18), None)
    assert open_pair(before, after, dates="2001-02-03,2004-05-06").dates == (
        date(2001, 2, 3),
        date(2004, 5, 6),
    )
    with pytest.raises(DateError):
        open_pair(before, after, dates="2001-02-03")


def test_a_constant_band_does_no_harm(write_raster: WriteRaster, scene: NDArray[np.float64]) -> None:
    before, after = (scene * 9).astype(np.uint16), (scene * 7).astype(np.uint16)
    before[1] = 0
    pair = open_pair(write_raster("a.tif", before), write_raster("b.tif", after))
    assert np.isfinite(ends(pair)).all()


def test_frames_that_overlap_without_data_are_no_pair(write_raster: WriteRaster) -> None:
    values = np.full((1, 20, 20), 5, np.int16)
    values[:, 10:] = -1
    before = write_raster("before.tif", values, nodata=-1)
    after = write_raster("after.tif", values[:, ::-1], nodata=-1)
    with pytest.raises(NoOverlapError, match="share no valid pixel"):
        open_pair(before, after)


@pytest.mark.parametrize(
    "options", [{}, {"tiled": True, "blockxsize": 64, "blockysize": 64, "compress": "deflate"}]
)
def test_how_the_file_is_stored_changes_no_radiometry(
    write_raster: WriteRaster, scene: NDArray[np.float64], options: dict[str, object]
) -> None:
    plain = write_raster("plain.tif", (scene * 9).astype(np.int16))
    stored = write_raster("stored.tif", (scene * 9).astype(np.int16), **options)
    np.testing.assert_array_equal(ends(open_pair(plain, plain)), ends(open_pair(stored, stored)))


def test_a_large_raster_is_sampled_in_windows(
    write_raster: WriteRaster, landscape: Landscape, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = landscape(400, 400).astype(np.uint16) * 10
    path = write_raster("a.tif", values, tiled=True, blockxsize=64, blockysize=64)
    whole = ends(open_pair(path, path))
    monkeypatch.setattr(sample, "SAMPLE_PIXELS", 25 * 40 * 40)
    monkeypatch.setattr(sample, "_DECODED_PIXELS", 1000)
    decoded = watch_windows(monkeypatch)
    np.testing.assert_allclose(ends(open_pair(path, path)), whole, atol=200)
    assert len(decoded) == 50
    assert sum(window.width * window.height for window in decoded) <= 2 * 25 * 48 * 48


@pytest.mark.parametrize("extent", [None, (400037.0, 4097100.0, 402900.0, 4099950.0)])
def test_sampled_windows_lie_in_one_block_each(
    write_raster: WriteRaster,
    monkeypatch: pytest.MonkeyPatch,
    extent: tuple[float, float, float, float] | None,
) -> None:
    path = write_raster("a.tif", np.ones((1, 3000, 3000), np.uint8), sparse_ok=True, tiled=True)
    decoded = watch_windows(monkeypatch)
    open_pair(path, path, extent=extent)
    assert len(decoded) == 50
    for window in decoded:
        assert window.row_off // 128 == (window.row_off + window.height - 1) // 128
        assert window.col_off // 128 == (window.col_off + window.width - 1) // 128


def watch_windows(monkeypatch: pytest.MonkeyPatch) -> list[PixelWindow]:
    """Windows of the sources that will be sampled."""
    decoded: list[PixelWindow] = []

    def watching(dataset: Any, source: RasterSource, window: PixelWindow, shape: tuple[int, int]) -> Decoded:
        decoded.append(window)
        return decode_spread(dataset, source, window, shape)

    monkeypatch.setattr(sample, "decode_spread", watching)
    return decoded


def test_clouds_leave_the_land_its_range(write_raster: WriteRaster, scene: NDArray[np.float64]) -> None:
    before, after = (scene * 4).astype(np.int16), (scene * 4).astype(np.int16)
    before[:, :40, :40] = 9000
    clear = ends(open_pair(write_raster("clear.tif", after), write_raster("after.tif", after)))
    cloudy = ends(open_pair(write_raster("cloudy.tif", before), write_raster("after.tif", after)))
    np.testing.assert_allclose(cloudy, clear, atol=60)
