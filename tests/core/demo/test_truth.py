from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from changeseek.core.captions.grammar import Meaning
from changeseek.core.demo.scene_files import ground_of
from changeseek.core.demo.truth import LEAST_SHARE, TileTruth, read_truth, truth_of, write_truth
from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.scene import TwoDateScene
from changeseek.core.tiling.grid import TileGrid


@pytest.fixture(scope="module")
def tile_grid(scene: TwoDateScene) -> TileGrid:
    return TileGrid(ground_of(scene), 64, 64)


@pytest.fixture(scope="module")
def truth(scene: TwoDateScene, tile_grid: TileGrid) -> dict[str, TileTruth]:
    return truth_of(scene, tile_grid)


def places(scene: TwoDateScene, tile_grid: TileGrid) -> list[tuple[str, tuple[slice, slice]]]:
    windows = [(tile_grid.tile_id(number), tile_grid.window(number)) for number in range(len(tile_grid))]
    return [
        (tile_id, (slice(top, top + height), slice(left, left + width)))
        for tile_id, (top, left, height, width) in windows
    ]


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [("forest -> houses", Cover.FOREST, Cover.HOUSES), ("field -> houses", Cover.FIELD, Cover.HOUSES)],
)
def test_shares_are_those_of_the_covers_drawn(
    scene: TwoDateScene,
    tile_grid: TileGrid,
    truth: dict[str, TileTruth],
    key: str,
    before: Cover,
    after: Cover,
) -> None:
    happened = (scene.event > 0) & (scene.cover_before == before) & (scene.cover_after == after)
    drawn = {tile_id: happened[place].mean() for tile_id, place in places(scene, tile_grid)}
    assert {tile_id: tile.transitions.get(key, 0.0) for tile_id, tile in truth.items()} == pytest.approx(
        drawn
    )
    assert max(drawn.values()) > LEAST_SHARE


def test_the_shares_of_a_tile_are_all_that_happened_there(
    scene: TwoDateScene, tile_grid: TileGrid, truth: dict[str, TileTruth]
) -> None:
    for tile_id, place in places(scene, tile_grid):
        touched = (scene.event[place] > 0).mean()
        assert sum(truth[tile_id].shares.values()) == pytest.approx(touched)
        assert truth[tile_id].quiet == (touched == 0)


def test_every_event_is_there_and_so_is_quiet_ground(
    scene: TwoDateScene, truth: dict[str, TileTruth]
) -> None:
    assert {name for tile in truth.values() for name in tile.events} == {event.name for event in scene.events}
    assert any(tile.quiet for tile in truth.values())


def test_a_grazed_tile_has_no_event_and_is_not_quiet() -> None:
    grazed = TileTruth({"lake dug": 0.09}, {"field -> lake": 0.09})
    assert not grazed.events
    assert not grazed.quiet
    assert not grazed.answers(Meaning(after="lake"))


def test_events_of_which_the_same_sentence_is_true_add_up() -> None:
    tile = TileTruth(
        {"forest cleared": 0.06, "lake dug": 0.06}, {"forest -> grass": 0.06, "forest -> lake": 0.06}
    )
    assert tile.answers(Meaning(before="forest"))
    assert not tile.answers(Meaning(after="lake"))
    assert not tile.answers(Meaning(after="forest"))


def test_the_truth_is_written_for_everybody_and_read_back(
    tile_grid: TileGrid, truth: dict[str, TileTruth], tmp_path: Path
) -> None:
    write_truth(truth, tile_grid, tmp_path / "truth.json")
    assert read_truth(tmp_path / "truth.json") == truth
    document = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert document["grid"]["rows"] == document["grid"]["cols"] == 8
    tile = document["tiles"][tile_grid.tile_id(0)]
    assert set(tile) == {"events", "shares", "transitions", "quiet"}
    assert np.isclose(sum(tile["shares"].values()), sum(tile["transitions"].values()))
