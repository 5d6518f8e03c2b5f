"""What a build would do, said before it starts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rasterio.warp import transform_bounds

from changeseek.core.engine.messages import BuildIndex, Info, Plan
from changeseek.tests.core.engine.rasters import Rasters, write_raster
from changeseek.tests.core.engine.talking import Engine

# A quarter of the rasters as another map has it; the rectangle around it is a little larger.
MERCATOR_QUARTER = transform_bounds("EPSG:32633", "EPSG:3857", 500000, 4999840, 500160, 5000000)


def test_a_plan_is_what_the_build_does(engine: Engine, rasters: Rasters, tmp_path: Path) -> None:
    directory = tmp_path / "new.csx"
    plan = engine.ask(Plan(*rasters, str(directory), tile=128, stride=64, device="cpu"))
    assert (plan.tiles, plan.rows, plan.cols) == (16, 4, 4)
    assert (plan.tile_metres, plan.stride_metres, plan.gsd) == (128, 64, 1)
    assert (plan.crs, plan.bounds) == ("EPSG:32633", (500000, 4999680, 500320, 5000000))
    assert plan.dates == ("2010-05-01", "2020-05-01")
    assert (plan.bands, plan.bands_after, plan.device) == ((1, 2, 3), (1, 2, 3), "cpu")
    assert (plan.state, plan.tiles_done, plan.alignment) == ("none", 0, None)
    assert 0 < plan.seconds < 60
    assert plan.disk_bytes < plan.free_bytes
    (advice,) = plan.advice  # the dates are noise of their own
    assert "whether the dates lie on each other could not be measured" in advice
    assert not directory.exists()

    built = engine.ask(BuildIndex(*rasters, str(directory), tile=128, stride=64, device="cpu"))
    assert (built.tiles, built.gsd) == (plan.tiles, plan.gsd)
    size = sum(path.stat().st_size for path in directory.rglob("*.parquet"))
    assert size == pytest.approx(plan.disk_bytes, rel=0.5)
    again = engine.ask(Plan(*rasters, str(directory), tile=128, stride=64, device="cpu"))
    assert (again.state, again.tiles_done, again.seconds) == ("complete", 16, 0.0)


def test_the_shift_between_the_dates_is_measured_said_and_taken_out(engine: Engine, tmp_path: Path) -> None:
    before = write_raster(tmp_path / "2010-05-01.tif", 1, 320)
    after = write_raster(tmp_path / "2020-05-01.tif", 1, 320, corner=(500003.0, 5000000.0))
    wanted = Plan(before, after, tile=64)
    plan = engine.ask(wanted)
    assert plan.alignment == pytest.approx(3, abs=0.1)
    assert not plan.shifted
    assert "3.0 px east" in "\n".join(plan.advice)
    moved = engine.ask(replace(wanted, shift_dates=True))
    assert (moved.alignment, moved.shifted) == (plan.alignment, True)
    assert not any("px east" in line for line in moved.advice)
    directory = str(tmp_path / "moved.csx")
    engine.ask(BuildIndex(before, after, directory, tile=64, shift_dates=True))
    assert engine.ask(Info(directory)).shifted
    assert engine.ask(replace(wanted, directory=directory)).state == "other"


def test_a_folder_of_something_else_is_said_before_the_start(
    engine: Engine, rasters: Rasters, index: str, tmp_path: Path
) -> None:
    other = engine.ask(Plan(*rasters, index, tile=32))
    assert other.state == "other"
    assert "holds another index" in other.advice[0]
    assert engine.ask(Plan(*rasters, str(tmp_path))).state == "other"
    assert engine.ask(Plan(*rasters, index, tile=64, device="cpu")).state == "complete"


@pytest.mark.parametrize(
    ("extent", "crs", "tiles"),
    [
        ((500000, 4999872, 500128, 5000000), "", 4),
        ((500000, 4999872, 500128, 5000000), "EPSG:32633", 4),
        ((14.9, 45.1, 15.1, 45.2), "EPSG:4326", 25),
        ((-20037508, -20037508, 20037508, 20037508), "EPSG:3857", 25),
        (MERCATOR_QUARTER, "EPSG:3857", 9),
    ],
)
def test_an_extent_may_be_drawn_on_any_map(
    engine: Engine, rasters: Rasters, extent: tuple[float, float, float, float], crs: str, tiles: int
) -> None:
    plan = engine.ask(Plan(*rasters, tile=64, extent=extent, extent_crs=crs))
    assert plan.tiles == tiles


def test_the_index_takes_the_same_extent(engine: Engine, rasters: Rasters, tmp_path: Path) -> None:
    wanted = Plan(*rasters, tile=64, extent=MERCATOR_QUARTER, extent_crs="EPSG:3857")
    fields = {name: getattr(wanted, name) for name in ("before", "after", "tile", "extent", "extent_crs")}
    directory = str(tmp_path / "part.csx")
    engine.ask(BuildIndex(directory=directory, **fields))
    info = engine.ask(Info(directory))
    assert info.rows * info.cols == engine.ask(wanted).tiles


@pytest.mark.parametrize(
    ("extent", "crs", "kind"),
    [
        ((0, 0, 1, 1), "EPSG:4326", "NoOverlapError"),
        ((0, 0, 1, 1), "no CRS", "ExtentError"),
        ((1, 1, 0, 0), "", "ExtentError"),
    ],
)
def test_an_extent_that_cannot_be_used_is_told(
    engine: Engine, rasters: Rasters, extent: tuple[float, float, float, float], crs: str, kind: str
) -> None:
    assert engine.failure(Plan(*rasters, extent=extent, extent_crs=crs)).kind == kind


def test_it_advises_on_dates_pixels_and_tiles(engine: Engine, tmp_path: Path) -> None:
    fine, coarse = tmp_path / "2020-05-01.tif", tmp_path / "2010-05-01.tif"
    pair = Plan(write_raster(fine, 1, 320), write_raster(coarse, 2, 40, gsd=8), tile=16)
    advice = "\n".join(engine.ask(pair).advice)
    assert "later than the after raster" in advice
    assert "pixels of the two dates differ" in advice
    assert "a tile is 16 m wide, the model knows 38 to 1280 m. Take 39 pixels" in advice
    swapped = replace(pair, before=str(coarse), after=str(fine), tile=320)
    assert "one tile only" in "\n".join(engine.ask(swapped).advice)


def test_what_is_measured_once_is_not_measured_again(engine: Engine, rasters: Rasters) -> None:
    seconds = {engine.ask(Plan(*rasters, tile=100)).seconds for _ in range(3)}
    assert len(seconds) == 1
