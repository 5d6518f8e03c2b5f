"""What a validation says of a network: shares that repeat, and which way round it sees the dates."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from changeseek.core.captions.grammar import Meaning
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.batches import Batch
from changeseek.core.training.pair_validation import PairValidation
from changeseek.core.training.samples import CONCEPT_KEYS, Told

TRUTHS: list[tuple[Meaning, ...]] = [
    (Meaning("forest", "houses"),),
    (Meaning("houses", "forest"),),
    (Meaning("field", "lake"),),
] * 6


@pytest.fixture
def gallery() -> Batch:
    pairs = torch.rand((len(TRUTHS), 2, 3, 64, 64), generator=torch.Generator().manual_seed(0))
    presence = torch.zeros((len(TRUTHS), 2, len(CONCEPT_KEYS)), dtype=torch.int8)
    return Batch(pairs, TRUTHS, presence, [Told(truths) for truths in TRUTHS])


def test_figures_are_shares_and_the_same_when_asked_again(
    tiny_network: TextItsr, tokenizer_file: Path, gallery: Batch
) -> None:
    validation = PairValidation(tiny_network, SentenceTokenizer(tokenizer_file, 16), gallery, seed=0)
    figures = validation()
    assert set(figures) == {"recall_at_10", "mean_ap", "direction"}
    assert all(0 <= value <= 1 for value in figures.values())
    assert validation() == figures


def test_a_network_that_tells_the_dates_apart_by_their_sign_gets_every_direction_or_none(
    tiny_network: TextItsr, tokenizer_file: Path, gallery: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = torch.randn((1, 32), generator=torch.Generator().manual_seed(1))
    monkeypatch.setattr(tiny_network, "text_change", lambda states, mask: told.expand(len(states), -1))
    brighter = gallery._replace(pairs=gallery.pairs * torch.tensor([0.2, 1.0])[:, None, None, None])

    def change(before: Tensor, after: Tensor) -> Tensor:
        return (after.mean((1, 2)) - before.mean((1, 2)))[:, None] * told

    monkeypatch.setattr(tiny_network, "tokens", lambda images: images.flatten(2).mean(2, keepdim=True))
    monkeypatch.setattr(tiny_network, "change", change)
    validation = PairValidation(tiny_network, SentenceTokenizer(tokenizer_file, 16), brighter, seed=0)
    assert validation()["direction"] == 1.0
    monkeypatch.setattr(tiny_network, "change", lambda before, after: change(after, before))
    assert validation()["direction"] == 0.0
