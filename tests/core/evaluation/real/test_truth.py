"""What counts as a right answer, on ground whose bands are made up to be forest, water, town or sand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.evaluation.real.landsat import cleared, moved_water, newly_built
from changeseek.core.evaluation.real.naip import dried, grown, shrunk, water

Bands = NDArray[np.float32]
# Short-wave infrared, near infrared, red, green.
FOREST, PASTURE, TOWN, RIVER = (70, 180, 14, 22), (120, 170, 30, 35), (130, 120, 80, 75), (3, 20, 40, 45)
SIZE = 60
RIGHT = np.s_[:, 40:]


def ground(kind: tuple[int, ...], right: tuple[int, ...] | None = None) -> Bands:
    """(4, SIZE, SIZE) of one kind, with another in the right third."""
    bands = np.broadcast_to(np.array(kind, np.float32)[:, None, None], (4, SIZE, SIZE)).copy()
    if right is not None:
        bands[:, RIGHT[0], RIGHT[1]] = np.array(right)[:, None, None]
    return bands


def only_right() -> NDArray[np.bool_]:
    expected = np.zeros((SIZE, SIZE), bool)
    expected[RIGHT] = True
    return expected


def test_forest_that_became_pasture_or_town_is_cleared_and_nothing_else_is() -> None:
    for new in (PASTURE, TOWN):
        assert np.array_equal(cleared(ground(FOREST), ground(FOREST, new)), only_right())
    assert not cleared(ground(PASTURE), ground(PASTURE, TOWN)).any()
    assert not cleared(ground(PASTURE), ground(FOREST)).any()


def test_forest_that_a_river_took_is_not_cleared() -> None:
    assert not cleared(ground(FOREST), ground(FOREST, RIVER)).any()


def test_new_town_is_built_and_old_town_is_not() -> None:
    assert np.array_equal(newly_built(ground(PASTURE), ground(PASTURE, TOWN)), only_right())
    assert not newly_built(ground(PASTURE, TOWN), ground(PASTURE, TOWN)).any()


def test_bare_ground_beside_a_river_is_a_sandbank() -> None:
    new = ground(PASTURE, TOWN)
    new[:, :, -4:] = np.array(RIVER)[:, None, None]
    built = newly_built(ground(PASTURE), new)
    assert built[:, 40:46].all()
    assert not built[:, 50:].any()


def test_water_moved_where_it_came_and_where_it_went() -> None:
    for dates in ((PASTURE, RIVER), (RIVER, PASTURE)):
        old, new = (ground(PASTURE, kind) for kind in dates)
        assert np.array_equal(moved_water(old, new), only_right())
    assert not moved_water(ground(PASTURE, RIVER), ground(PASTURE, RIVER)).any()


def test_a_lake_is_found_without_speckle_and_without_bright_fields() -> None:
    chance = np.random.default_rng(0)
    green, near_infrared = (chance.normal(middle, 4, (SIZE, SIZE)) for middle in (110, 180))
    green[10:30, 10:30], near_infrared[10:30, 10:30] = 70, 20
    green[50, 50], near_infrared[50, 50] = 70, 20
    green[40:, :20], near_infrared[40:, :20] = 220, 170
    found = water(green, near_infrared)
    assert found[12:28, 12:28].all()
    assert found.sum() <= 400


def test_lakes_grow_shrink_and_dry_up_by_their_share_of_a_tile() -> None:
    old = np.array([0.0, 0.3, 0.3, 0.05, 0.5])
    new = np.array([0.2, 0.05, 0.15, 0.0, 0.5])
    assert grown(old, new).tolist() == [True, False, False, False, False]
    assert shrunk(old, new).tolist() == [False, True, True, False, False]
    assert dried(old, new).tolist() == [False, True, False, False, False]
