"""Pairs cut from drawn scenes carry the truth of their tile."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from changeseek.core.scenes.draw import draw_scene
from changeseek.core.training.drawn import cut_sample, load_samples, save_samples
from changeseek.core.training.samples import PairSample

SCENE = draw_scene(4, 384)


def _samples() -> list[PairSample]:
    places = [
        (slice(top, top + 96), slice(left, left + 96)) for top in (0, 96, 192, 288) for left in (0, 96, 192)
    ]
    return [sample for sample in (cut_sample(SCENE, place, 64) for place in places) if sample is not None]


def test_a_tile_is_quiet_exactly_when_no_event_touches_it() -> None:
    for top in range(0, 288, 96):
        place = slice(top, top + 96), slice(0, 96)
        sample = cut_sample(SCENE, place, 64)
        untouched = not SCENE.event[place].any()
        assert (sample is not None and not sample.changed) == untouched


def test_samples_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    samples = _samples()
    save_samples(samples, tmp_path / "drawn.npz")
    for kept, sample in zip(load_samples(tmp_path / "drawn.npz"), samples, strict=True):
        assert kept.truths == sample.truths
        assert np.array_equal(kept.before, sample.before)
        assert np.array_equal(kept.presence, sample.presence)
