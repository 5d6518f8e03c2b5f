"""A model that sees colours is asked about ground that turned red."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from changeseek.core.evaluation.real.case import Case, Question
from changeseek.core.evaluation.real.judging import direction, judge, ranking_quality
from changeseek.core.evaluation.real.scene import embed_scene
from changeseek.core.index.build import build_index
from changeseek.core.index.query import SearchRequest
from changeseek.core.index.search import score_tiles
from changeseek.core.model.interface import PairModel
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.tests.core.evaluation.real.rasters import textured, write_raster

GREY, RED = (110, 110, 110), (220, 60, 60)
TURNED_RED = (0, 4, 8)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Nine tiles, of which those on the diagonal turned red; the last tile has no data."""
    before, after = textured(GREY), textured(GREY, seed=1)
    for number in TURNED_RED:
        block = np.s_[:, number // 3 * 32 : number // 3 * 32 + 32, number % 3 * 32 : number % 3 * 32 + 32]
        after[block] = textured(RED, (32, 32))
    pair = open_pair(
        write_raster(tmp_path / "before.tif", before),
        write_raster(tmp_path / "after.tif", after),
        match=False,
    )
    tiles = TileGrid(pair.grid, 32, 32)
    positive = np.isin(np.arange(9), TURNED_RED)
    question = Question("Colours red", "red", "red", "", positive, "turned red", "Made up.")
    return Case("Colours", "nowhere", "then to now", pair, tiles, (question,), least_positive=3)


def test_what_turned_red_is_found_and_in_the_right_order_of_time(case: Case, colour_model: PairModel) -> None:
    scene = embed_scene(case, colour_model)
    check = judge(case, case.questions[0], scene, colour_model)
    assert (check.ap, check.direction) == (1, 1)
    assert (check.tiles, check.positive) == (9, 3)
    assert check.floor == pytest.approx(1 / 3)
    assert check.baselines == {
        "one date": 1,
        "delta": 1,
        "pixels": 1,
        "pixels, dates not matched": 1,
    }


def test_what_was_never_there_is_not_found(case: Case, colour_model: PairModel) -> None:
    wrong = Question("Colours blue", "blue", "", "blue", case.questions[0].positive, "turned red", "Made up.")
    check = judge(case, wrong, embed_scene(case, colour_model), colour_model)
    assert check.ap < 1
    assert check.direction == 0


def test_scores_are_those_of_an_index_of_the_same_scene(
    case: Case, make_colour_model: Callable[[], PairModel], tmp_path: Path
) -> None:
    model = make_colour_model()
    index = build_index(case.pair, case.tiles, model, tmp_path / "made.csx")
    scene = embed_scene(case, model)
    request = SearchRequest("red")
    indexed, seen = score_tiles(index, model, request), score_tiles(scene.forward, model, request)
    assert seen == pytest.approx(indexed, abs=2e-3)


def test_tiles_without_data_are_not_ranked(case: Case, colour_model: PairModel, tmp_path: Path) -> None:
    after = textured(GREY)
    after[:, 64:, 64:] = 0
    file = write_raster(tmp_path / "holes.tif", after, nodata=0)
    holed = Case(
        case.group,
        case.place,
        case.dates,
        open_pair(tmp_path / "before.tif", file),
        case.tiles,
        case.questions,
    )
    scene = embed_scene(holed, colour_model)
    assert scene.indices.tolist() == list(range(8))
    assert judge(holed, case.questions[0], scene, colour_model).positive == 2


def test_equal_scores_have_no_direction() -> None:
    same = np.array([0.2, 0.4], np.float32)
    assert direction(same, same + np.float32(1e-8)) is None
    assert direction(same, np.array([0.1, 0.5], np.float32)) == 0.5


def test_the_quality_of_a_ranking_is_its_average_precision() -> None:
    positive = np.array([True, False, True])
    assert ranking_quality(np.array([3, 2, 1], np.float32), positive) == pytest.approx((1 + 2 / 3) / 2)
