"""A fusion learns beside frozen parts, by chance of its seed alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from torch import Tensor

from changeseek.core.captions.grammar import Meaning
from changeseek.core.evaluation.fusions.base import Base, load_base, with_fusion
from changeseek.core.evaluation.fusions.halves import learned_half, second_half
from changeseek.core.evaluation.fusions.heads import HeadTraining, train_fusion
from changeseek.core.evaluation.fusions.sentences import SentencePool, read_sentences
from changeseek.core.evaluation.fusions.tokens import CachedPairs

SHORT = HeadTraining(steps=4, batch=6)
BECAME_HOUSES, BECAME_ROAD = Meaning("forest", "houses"), Meaning("field", "road")
LEARNING = ("fusion.", "change_head.", "text_change_head.", "difference_weight")


@pytest.fixture(scope="module")
def base(model: Path) -> Base:
    return load_base(model, "cpu")


@pytest.fixture(scope="module")
def cached() -> CachedPairs:
    """Pairs whose tokens say plainly which of two things happened, or that nothing did."""
    chance = torch.Generator().manual_seed(1)
    truths = (BECAME_HOUSES, BECAME_ROAD, Meaning()) * 20
    dates = torch.randn(4, 16, generator=chance)
    places = {BECAME_HOUSES: [0, 1], BECAME_ROAD: [2, 3], Meaning(): [0, 0]}
    tokens = torch.stack([dates[places[truth]] for truth in truths])[:, :, None, :].expand(-1, -1, 4, -1)
    return CachedPairs((tokens + torch.randn(60, 2, 4, 16, generator=chance) * 0.1).half(), truths)


@pytest.fixture(scope="module")
def pool(base: Base, cached: CachedPairs) -> SentencePool:
    return SentencePool(base, cached.truths, seed=0)


def _trained(base: Base, cached: CachedPairs, pool: SentencePool, seed: int = 0) -> dict[str, Tensor]:
    return train_fusion(base, "tff", cached, pool, SHORT, seed).state_dict()


def test_only_the_fusion_and_its_heads_learn(base: Base, cached: CachedPairs, pool: SentencePool) -> None:
    before, after = with_fusion(base, "tff", 0).state_dict(), _trained(base, cached, pool)
    moved = {name for name, value in after.items() if not torch.equal(value, before[name])}
    assert {name for name in after if name.startswith(LEARNING)} >= moved
    assert all(any(name.startswith(part) for name in moved) for part in LEARNING)


def test_no_fusion_has_a_start_before_the_others(base: Base) -> None:
    trained, fresh = base.network.state_dict(), with_fusion(base, "tff", 0).state_dict()
    other = {name for name, value in fresh.items() if not torch.equal(value, trained[name])}
    assert {"fusion.position", "change_head.layers.0.weight"} & other == {"change_head.layers.0.weight"}
    assert all(name.startswith(LEARNING) for name in other)


def test_the_same_seed_trains_the_same(base: Base, cached: CachedPairs, pool: SentencePool) -> None:
    one, again, other = (_trained(base, cached, pool, seed) for seed in (0, 0, 1))
    assert all(torch.equal(value, again[name]) for name, value in one.items())
    assert not torch.equal(one["change_head.layers.0.weight"], other["change_head.layers.0.weight"])


def test_the_halves_are_of_unit_length_and_make_up_the_whole() -> None:
    vectors = torch.nn.functional.normalize(torch.randn(5, 32), dim=1)
    shares = vectors[:, :16].norm(dim=1, keepdim=True), vectors[:, 16:].norm(dim=1, keepdim=True)
    whole = torch.cat((learned_half(vectors) * shares[0], second_half(vectors) * shares[1]), dim=1)
    assert torch.allclose(whole, vectors)


def test_captions_are_true_of_their_own_pairs(pool: SentencePool) -> None:
    truths = [BECAME_HOUSES, BECAME_ROAD, Meaning(), BECAME_HOUSES.reversed()] * 3
    states, mask, true = pool.draw(truths, random.Random(0))
    assert states.shape[:2] == mask.shape and len(states) == len(truths)
    assert true.diagonal().all()
    assert not true[0, [1, 2, 3]].any()


def test_sentences_read_together_are_read_as_alone(base: Base) -> None:
    texts = ["forest replaced by houses where there was a lake", "road"]
    together, alone = read_sentences(base, texts), read_sentences(base, texts[1:])
    states, mask = together.of(torch.tensor([1]))
    assert mask.sum() == 1
    assert torch.allclose(states, alone.of(torch.tensor([0]))[0], atol=2e-3)
