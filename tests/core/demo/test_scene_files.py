from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import rasterio
from rasterio.vrt import WarpedVRT

from changeseek.core.demo.scene_files import (
    CRS_AFTER,
    CRS_BEFORE,
    PIXEL_AFTER,
    ground_of,
    write_after,
    write_before,
)
from changeseek.core.raster.pair import open_pair
from changeseek.core.raster.source import describe_source
from changeseek.core.scenes.scene import TwoDateScene


class Dates(NamedTuple):
    before: Path
    after: Path


@pytest.fixture(scope="module")
def dates(scene: TwoDateScene, tmp_path_factory: pytest.TempPathFactory) -> Dates:
    folder = tmp_path_factory.mktemp("dates")
    written = Dates(folder / "before.tif", folder / "after.tif")
    write_before(scene, written.before)
    write_after(scene, written.after)
    return written


def test_the_first_date_is_stored_as_it_was_drawn(scene: TwoDateScene, dates: Dates) -> None:
    with rasterio.open(dates.before) as dataset:
        assert dataset.crs == CRS_BEFORE
        assert dataset.res == (scene.ground_sample_distance,) * 2
        assert dataset.block_shapes[0] == (512, 512)
        assert np.array_equal(dataset.read().transpose(1, 2, 0), scene.before)


def test_the_second_date_has_another_crs_larger_pixels_and_strips(dates: Dates) -> None:
    with rasterio.open(dates.after) as dataset:
        assert dataset.crs == CRS_AFTER
        assert dataset.res == (PIXEL_AFTER,) * 2
        assert dataset.block_shapes[0] == (16, dataset.width)
        assert [colour.name for colour in dataset.colorinterp] == ["red", "green", "blue", "alpha"]


def test_the_second_date_lies_on_the_ground_of_the_first(scene: TwoDateScene, dates: Dates) -> None:
    ground = ground_of(scene)
    on_ground = {
        "crs": ground.crs,
        "transform": ground.transform,
        "width": ground.width,
        "height": ground.height,
    }
    with rasterio.open(dates.after) as dataset, WarpedVRT(dataset, **on_ground) as warped:
        read = warped.read((1, 2, 3)).transpose(1, 2, 0).astype(int)
    within = np.s_[8:-8, 8:-8]
    error = np.abs(read - scene.after)[within].mean()
    shifted = np.abs(read - np.roll(scene.after, 4, axis=0))[within].mean()
    assert error < shifted / 2


def test_beside_the_drawn_ground_the_second_date_is_transparent(dates: Dates) -> None:
    with rasterio.open(dates.after) as dataset:
        alpha = dataset.read(4)
    assert set(np.unique(alpha)) == {0, 255}
    assert alpha[0, 0] == alpha[0, -1] == 0
    assert (alpha == 255).mean() > 0.8


def test_both_have_overviews_and_tell_their_date(dates: Dates) -> None:
    before, after = map(describe_source, dates)
    assert (before.overviews, after.overviews) == ((2, 4), (2,))
    assert (before.date, after.date) == (date(2015, 6, 14), date(2023, 9, 8))


def test_together_they_are_read_on_the_grid_that_was_drawn(scene: TwoDateScene, dates: Dates) -> None:
    pair = open_pair(*dates)
    assert pair.grid == ground_of(scene)
    assert math.isclose(pair.grid.ground_sample_distance, scene.ground_sample_distance, rel_tol=1e-3)
