"""What a drawn scene promises: the same again from the same number, and a truth that fits its pictures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.draw import draw_scene
from changeseek.core.scenes.scene import MOST_EVENTS, TwoDateScene


@pytest.fixture(scope="module")
def scene() -> TwoDateScene:
    return draw_scene(7, (384, 512))


def test_pictures_and_truth_lie_on_one_grid(scene: TwoDateScene) -> None:
    assert scene.before.shape == scene.after.shape == (384, 512, 3)
    assert scene.cover_before.shape == scene.cover_after.shape == scene.event.shape == (384, 512)
    arrays = (scene.before, scene.after, scene.cover_before, scene.cover_after, scene.event)
    assert all(array.dtype == np.uint8 and array.flags.writeable for array in arrays)


def test_a_number_draws_the_same_scene_again(scene: TwoDateScene) -> None:
    again = draw_scene(7, (384, 512))
    np.testing.assert_array_equal(again.before, scene.before)
    np.testing.assert_array_equal(again.after, scene.after)
    np.testing.assert_array_equal(again.event, scene.event)
    assert again.events == scene.events


def test_another_number_draws_another_scene(scene: TwoDateScene) -> None:
    assert (draw_scene(8, (384, 512)).cover_before != scene.cover_before).mean() > 0.2


def test_about_a_third_of_the_ground_changes() -> None:
    changed = [float((draw_scene(seed, 512).event > 0).mean()) for seed in range(4)]
    assert 0.2 < np.mean(changed) < 0.45


def test_what_did_not_change_looks_different_all_the_same(scene: TwoDateScene) -> None:
    quiet = scene.event == 0
    apart = np.abs(scene.after[quiet].astype(int) - scene.before[quiet]).mean()
    assert apart > 8


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    height=st.integers(48, 256),
    width=st.integers(48, 256),
    ground_sample_distance=st.sampled_from((0.3, 0.5, 1.0, 2.0)),
)
def test_the_event_map_agrees_with_the_covers(
    seed: int, height: int, width: int, ground_sample_distance: float
) -> None:
    scene = draw_scene(seed, (height, width), ground_sample_distance=ground_sample_distance)
    quiet = scene.event == 0
    assert (scene.cover_before[quiet] == scene.cover_after[quiet]).all()
    assert set(np.unique(scene.cover_after)) <= set(Cover)
    assert len(scene.events) <= MOST_EVENTS
    for number, event in enumerate(scene.events, start=1):
        here = scene.event == number
        assert here.any() and event.before != event.after
        assert (scene.cover_before[here] == event.before).all()
        assert (scene.cover_after[here] == event.after).all()
        rows, cols = np.nonzero(here)
        assert event.bounds == (rows.min(), cols.min(), rows.max() + 1, cols.max() + 1)
