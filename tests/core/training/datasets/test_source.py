"""Captioned pairs come once an epoch, in an order that follows from the seed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from changeseek.core.captions.grammar import Meaning
from changeseek.core.training.datasets.source import CaptionedSource
from changeseek.core.training.samples import UNKNOWN


@pytest.fixture
def source(levir: Path, table: Path) -> CaptionedSource:
    return CaptionedSource((levir, table), "train", 16, seed=4)


def captions(source: CaptionedSource, start: int, count: int, process: int = 0) -> list[tuple[str, ...]]:
    return [sample.captions for sample in source.take(start, count, process)]


def test_every_pair_comes_once_an_epoch(source: CaptionedSource) -> None:
    assert len(source) == 5
    epochs = [Counter(sample.before.tobytes() for sample in source.take(5 * epoch, 5)) for epoch in range(3)]
    assert epochs[0] == epochs[1] == epochs[2]
    assert sum(epochs[0].values()) == 5


def test_epochs_and_processes_have_orders_of_their_own(source: CaptionedSource) -> None:
    orders = {tuple(captions(source, 5 * epoch, 5, process)) for epoch in range(4) for process in range(3)}
    assert len(orders) > 3


def test_taking_in_pieces_is_taking_at_once(source: CaptionedSource) -> None:
    assert captions(source, 0, 4) + captions(source, 4, 7) == captions(source, 0, 11)


def test_only_of_unchanged_pairs_the_meaning_is_known(source: CaptionedSource) -> None:
    samples = source.take(0, 5)
    assert {sample.truths for sample in samples} == {(), (Meaning(),)}
    for sample in samples:
        assert sample.changed == (not sample.truths)
        assert (sample.told.reversed() is None) == sample.changed
        assert (sample.presence == UNKNOWN).all()
        assert sample.before.shape == (3, 16, 16) and sample.before.dtype == np.uint8
