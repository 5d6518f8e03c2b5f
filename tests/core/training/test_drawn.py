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
        assert (kept.where is None) == (sample.where is None)
        if kept.where is not None and sample.where is not None:
            assert kept.where.claims == sample.where.claims
            assert kept.where.reversed().claims == sample.where.reversed().claims
    assert any(sample.where for sample in samples)


def test_a_file_of_before_places_were_kept_is_still_read(tmp_path: Path) -> None:
    samples = _samples()
    save_samples(samples, tmp_path / "drawn.npz")
    with np.load(tmp_path / "drawn.npz") as kept:
        np.savez(
            tmp_path / "old.npz", **{name: kept[name] for name in ("before", "after", "truths", "presence")}
        )
    old = load_samples(tmp_path / "old.npz")
    assert [sample.truths for sample in old] == [sample.truths for sample in samples]
    assert not any(sample.where for sample in old)


def test_the_place_of_a_single_event_is_its_share_of_the_tile() -> None:
    found = 0
    for top in range(0, 288, 96):
        for left in range(0, 288, 96):
            place = slice(top, top + 96), slice(left, left + 96)
            sample = cut_sample(SCENE, place, 64)
            if sample is not None and sample.where is not None:
                found += 1
                assert len(sample.truths) == 1
                assert np.isclose(sample.where.share, (SCENE.event[place] > 0).mean())
    assert found
