"""Folders of real data become checks; what is missing or too small to judge is skipped and said."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from PIL import Image
from rasterio.warp import transform

from changeseek.core.errors import DateError, SourceNotFoundError
from changeseek.core.evaluation.real import real_cases, real_checks
from changeseek.core.evaluation.real.joplin import buildings
from changeseek.core.model.interface import PairModel
from changeseek.core.raster.grid import PixelGrid
from changeseek.tests.core.evaluation.real.rasters import TRANSFORM, textured, write_raster

GROUND, ROOFS, WET = (110, 120, 90), (210, 90, 80), (60, 70, 90)


def write_city(folder: Path, marked: int) -> None:
    """Sixteen tiles, of which the mask marks so many whole."""
    write_raster(folder / "before.tif", textured(GROUND, (128, 128)))
    after = textured(GROUND, (128, 128), seed=1)
    mask = np.zeros((128, 128), np.uint8)
    for number in range(marked):
        block = np.s_[number // 4 * 32 : number // 4 * 32 + 32, number % 4 * 32 : number % 4 * 32 + 32]
        after[:, block[0], block[1]] = textured(ROOFS, (32, 32))
        mask[block] = 255
    write_raster(folder / "after.tif", after)
    Image.fromarray(mask).save(folder / "mask.png")
    (folder / "dates.txt").write_text("date_1: 20160120\ndate_2: 20180328\n", encoding="utf-8")


def test_a_city_becomes_a_check_and_missing_folders_are_said(tmp_path: Path, colour_model: PairModel) -> None:
    write_city(tmp_path / "oscd" / "town", 5)
    said: list[str] = []
    (check,) = real_checks(tmp_path, colour_model, said.append)
    assert (check.name, check.place) == ("OSCD new buildings", "town")
    assert check.dates == "2016-01-20 to 2018-03-28"
    assert (check.tile, check.tiles, check.positive) == (32, 16, 5)
    assert check.baselines["pixels"] == 1
    assert json.loads(json.dumps(asdict(check))) == asdict(check)
    missing = [line for line in said if "skipped" in line]
    assert len(missing) == 4
    assert any("naip" in line for line in missing)


def test_a_city_with_too_few_right_tiles_is_not_judged(tmp_path: Path, colour_model: PairModel) -> None:
    write_city(tmp_path / "oscd" / "village", 4)
    said: list[str] = []
    assert real_checks(tmp_path, colour_model, said.append) == ()
    assert any('"new buildings" has 4 right tiles, skipped' in line for line in said)


def test_every_two_dates_of_a_lake_are_a_case_in_the_order_of_time(tmp_path: Path) -> None:
    for day, wet in (("20150926", 60), ("20090818", 12), ("20200831", 30)):
        bands = textured((*GROUND, 180), (96, 96))
        bands[:, :wet] = textured((*WET, 15), (wet, 96))
        write_raster(tmp_path / "naip" / f"lake_{day}.tif", bands)
    found = [case for case in real_cases(tmp_path, lambda _: None)]
    assert [case.dates for case in found] == [
        "2009-08-18 to 2015-09-26",
        "2009-08-18 to 2020-08-31",
        "2015-09-26 to 2020-08-31",
    ]
    rising, _, falling = found
    assert [int(question.positive.sum()) for question in rising.questions] == [4, 0, 0]
    assert [int(question.positive.sum()) for question in falling.questions] == [0, 4, 2]


def test_alerts_are_right_where_they_lie(tmp_path: Path) -> None:
    folder = tmp_path / "forest_clearing"
    for name in ("example_t0", "example_t1"):
        write_raster(folder / f"{name}.tif", textured(GROUND, (48, 48)))
    write_alert(folder / "example.geojson")
    (case,) = real_cases(tmp_path, lambda _: None)
    assert case.dates == "2022-09-01 to 2023-09-01"
    assert np.flatnonzero(case.questions[0].positive).tolist() == [0]


def write_alert(file: Path) -> None:
    corners = [TRANSFORM @ corner for corner in ((2, 2), (10, 2), (10, 10), (2, 10), (2, 2))]
    east, north = zip(*corners, strict=True)
    ring = list(zip(*transform("EPSG:32633", "EPSG:4326", east, north), strict=True))
    dates = {"date_start_t0": "2022-09-01", "date_start_t1": "2023-09-01"}
    alert = {"geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": dates}
    file.write_text(json.dumps({"features": [alert]}), encoding="utf-8")


def test_buildings_are_read_from_their_own_crs(tmp_path: Path, grid: PixelGrid) -> None:
    (left, top), (right, bottom) = TRANSFORM @ (2, 1), TRANSFORM @ (6, 4)
    outlines = shapely.to_wkb(np.array([shapely.box(left, bottom, right, top)]))
    file = tmp_path / "houses.gpkg"
    pyogrio.raw.write(
        file, outlines, [np.array([1])], ["number"], geometry_type="Polygon", crs=grid.crs, driver="GPKG"
    )
    assert buildings(file, grid)[1:4, 2:6].all()
    assert buildings(file, grid).sum() == 12


@pytest.mark.parametrize("folder", ["forest_clearing", "joplin"])
def test_a_folder_that_lacks_files_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    with pytest.raises(SourceNotFoundError, match=folder):
        list(real_cases(tmp_path, lambda _: None))


def test_an_unreadable_date_is_refused(tmp_path: Path, colour_model: PairModel) -> None:
    write_city(tmp_path / "oscd" / "town", 5)
    (tmp_path / "oscd" / "town" / "dates.txt").write_text("some day\n", encoding="utf-8")
    with pytest.raises(DateError):
        real_checks(tmp_path, colour_model, lambda _: None)
