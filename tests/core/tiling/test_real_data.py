"""The public data sets that this is built for are read end to end, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray

from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches

DATA = os.environ.get("CHANGESEEK_DATA")
pytestmark = pytest.mark.skipif(
    not DATA, reason="CHANGESEEK_DATA does not name the folder with the real data"
)

PAIRS = {
    "naip/m_4709963_se_14_1_20090818.tif": "naip/m_4709963_se_14_1_20150926.tif",
    "naip/m_4709963_se_14_1_20100629.tif": "naip/m_4709963_se_14_1_20170827.tif",
    "landsat/1985.tif": "landsat/2020.tif",
    "forest_clearing/example_t0.tif": "forest_clearing/example_t1.tif",
    "sentinel2_utm/before.tif": "sentinel2_utm/after.tif",
    "coldsprings/before_stacked.tif": "coldsprings/after_stacked.tif",
    **{
        f"oscd/{city}/before.tif": f"oscd/{city}/after.tif"
        for city in ("abudhabi", "bordeaux", "hongkong", "mumbai", "paris", "saclay_e")
    },
}
Bytes = NDArray[np.uint8]


def data(name: str) -> Path:
    return Path(DATA or "") / name


def write_mosaic(path: Path, parts: list[Path]) -> Path:
    """A VRT of RGB files of one pixel size, by name and place alone."""
    opened = {}
    for part in parts:
        with rasterio.open(part) as dataset:
            opened[part] = (dataset.bounds, dataset.width, dataset.height)
            crs, pixel, height = dataset.crs.to_wkt(), dataset.transform.a, -dataset.transform.e
    left = min(bounds.left for bounds, _, _ in opened.values())
    top = max(bounds.top for bounds, _, _ in opened.values())
    cols = round((max(bounds.right for bounds, _, _ in opened.values()) - left) / pixel)
    rows = round((top - min(bounds.bottom for bounds, _, _ in opened.values())) / height)
    bands = ""
    for band, colour in enumerate(("Red", "Green", "Blue"), start=1):
        bands += f'<VRTRasterBand dataType="Byte" band="{band}"><ColorInterp>{colour}</ColorInterp>'
        for part, (bounds, width, lines) in opened.items():
            col, row = round((bounds.left - left) / pixel), round((top - bounds.top) / height)
            bands += (
                f"<SimpleSource><SourceFilename>{escape(str(part))}</SourceFilename><SourceBand>{band}</SourceBand>"
                f'<SrcRect xOff="0" yOff="0" xSize="{width}" ySize="{lines}"/>'
                f'<DstRect xOff="{col}" yOff="{row}" xSize="{width}" ySize="{lines}"/></SimpleSource>'
            )
        bands += "</VRTRasterBand>"
    path.write_text(
        f'<VRTDataset rasterXSize="{cols}" rasterYSize="{rows}"><SRS>{escape(crs)}</SRS>'
        f"<GeoTransform>{left!r}, {pixel!r}, 0, {top!r}, 0, {-height!r}</GeoTransform>{bands}</VRTDataset>"
    )
    return path


def read_all(pair: RasterPair, tile: int) -> tuple[Bytes, NDArray[np.float32]]:
    """All patches (N, 2, 3, T, T) and their valid fractions (N,)."""
    blocks = list(read_patches(pair, TileGrid(pair.grid, tile, tile)))
    return np.concatenate([block.patches for block in blocks]), np.concatenate(
        [block.valid for block in blocks]
    )


def shift_between(patches: Bytes, valid: NDArray[np.float32]) -> tuple[int, int]:
    """Rows and columns by which the edges of the after date lie off those of the before date."""
    edges = [np.hypot(*np.gradient(patches[valid > 0.99, date].mean(axis=1), axis=(1, 2))) for date in (0, 1)]
    before, after = (
        np.fft.fft2(np.sqrt(date) - np.sqrt(date).mean(axis=(1, 2), keepdims=True)) for date in edges
    )
    likeness = np.fft.fftshift(np.fft.ifft2(before.conj() * after).real.sum(axis=0))
    row, col = np.unravel_index(int(likeness.argmax()), likeness.shape)
    return int(row) - likeness.shape[0] // 2, int(col) - likeness.shape[1] // 2


@pytest.mark.parametrize("before", PAIRS)
def test_dates_on_disk_become_patches_that_lie_on_one_another(before: str) -> None:
    pair = open_pair(data(before), data(PAIRS[before]))
    patches, valid = read_all(pair, 128)
    assert valid.min() > 0.98
    assert patches.std(axis=(0, 3, 4)).min() > 8
    assert shift_between(patches, valid) == pytest.approx((0, 0), abs=2)


def test_mosaics_in_two_crs_lie_on_one_another(tmp_path: Path) -> None:
    mosaics = [
        write_mosaic(tmp_path / f"{date}.vrt", sorted(data(f"joplin/{date}").glob("*.tif")))
        for date in ("pre", "post")
    ]
    pair = open_pair(*mosaics)
    assert pair.grid.ground_sample_distance == pytest.approx(0.6, rel=0.1)
    patches, valid = read_all(pair, 256)
    assert valid.max() == 1
    assert valid.min() < 1
    assert shift_between(patches, valid) == pytest.approx((0, 0), abs=2)


@pytest.mark.parametrize("gsd", [10.0, 30.0])
def test_a_coarser_look_keeps_the_scene(gsd: float) -> None:
    names = ("naip/m_4709963_se_14_1_20090818.tif", "naip/m_4709963_se_14_1_20150926.tif")
    pair = open_pair(*map(data, names), gsd=gsd)
    assert pair.grid.width == int(934 * 5 / gsd)
    patches, valid = read_all(pair, 64)
    assert valid.min() == 1
    assert shift_between(patches, valid) == pytest.approx((0, 0), abs=2)


def test_dates_are_found_in_names() -> None:
    naip = open_pair(*map(data, next(iter(PAIRS.items()))))
    landsat = open_pair(data("landsat/1985.tif"), data("landsat/2020.tif"))
    assert [str(day) for day in naip.dates] == ["2009-08-18", "2015-09-26"]
    assert [day and day.year for day in landsat.dates] == [1985, 2020]
