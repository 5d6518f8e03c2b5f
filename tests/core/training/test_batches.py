"""Batches follow from their number, and each source of pairs has its share of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from changeseek.core.training.batches import PairMixer, batch_at
from changeseek.core.training.composition import Composer
from changeseek.core.training.datasets.source import CaptionedSource
from changeseek.core.training.library import load_library


@pytest.fixture
def mixer(data_folder: Path) -> PairMixer:
    composers = [Composer(library, 0.3, seed=2) for library in load_library(data_folder, 32)]
    return PairMixer([], composers, np.zeros((0, 2, 3, 32, 32), np.uint8), 0.5, seed=2)


def test_a_batch_has_as_many_pairs_as_were_asked_for(mixer: PairMixer) -> None:
    batch = batch_at(mixer, 5, seed=0, step=1)
    assert batch.pairs.shape == (5, 2, 3, 32, 32)
    assert len(batch.truths) == 5


def test_the_batch_of_a_step_depends_on_nothing_drawn_before(mixer: PairMixer) -> None:
    in_order = [batch_at(mixer, 4, seed=3, step=step) for step in (1, 2, 3)]
    again = batch_at(mixer, 4, seed=3, step=3)
    assert torch.equal(again.pairs, in_order[2].pairs)
    assert again.truths == in_order[2].truths


def test_processes_beside_each_other_draw_different_batches(mixer: PairMixer) -> None:
    one, other = (batch_at(mixer, 4, seed=3, step=1, process=process) for process in (0, 1))
    assert not torch.equal(one.pairs, other.pairs)


@pytest.fixture
def mixed(data_folder: Path, tmp_path: Path) -> PairMixer:
    """Half of each batch has captions that people wrote, about six pairs."""
    rows = ["before,after,captions"]
    for number in range(6):
        Image.fromarray(np.full((32, 32, 3), 40 * number, np.uint8)).save(tmp_path / f"{number}.png")
        rows.append(f"{number}.png,{number}.png,caption {number}")
    (tmp_path / "pairs.csv").write_text("\n".join(rows), encoding="utf-8")
    source = CaptionedSource((tmp_path / "pairs.csv",), "train", 32, seed=0)
    composers = [Composer(library, 0.3, seed=2) for library in load_library(data_folder, 32)]
    none = np.zeros((0, 2, 3, 32, 32), np.uint8)
    return PairMixer([], composers, none, 0.0, seed=2, captioned=source, captioned_share=0.5)


def test_captioned_pairs_get_their_share_and_come_once_an_epoch(mixed: PairMixer) -> None:
    drawn = [batch_at(mixed, 4, seed=0, step=step) for step in (1, 2, 3)]
    captions = [told.captions for batch in drawn for told in batch.told if told.captions]
    assert sorted(captions) == [(f"caption {number}",) for number in range(6)]
    for batch in drawn:
        assert [bool(told.captions) for told in batch.told] == [True, True, False, False]
        assert batch.truths == [told.truths for told in batch.told]


def test_a_batch_with_captioned_pairs_depends_on_its_step_alone(mixed: PairMixer) -> None:
    in_order = [batch_at(mixed, 4, seed=3, step=step) for step in (1, 2, 3)]
    again = batch_at(mixed, 4, seed=3, step=3)
    assert torch.equal(in_order[2].pairs, again.pairs)
    assert in_order[2].told == again.told
