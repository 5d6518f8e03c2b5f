"""Trains one fusion and its heads on cached tokens, with the contrastive loss of the whole model."""

from __future__ import annotations

import random
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from changeseek.core.evaluation.fusions.base import Base, with_fusion
from changeseek.core.evaluation.fusions.halves import learned_half
from changeseek.core.evaluation.fusions.sentences import SentencePool
from changeseek.core.evaluation.fusions.tokens import CachedPairs
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.attention import fast_attention
from changeseek.core.training.losses import info_nce
from changeseek.core.training.schedule import one_cycle


@dataclass(frozen=True, slots=True)
class HeadTraining:
    """How long and how hard each fusion learns.

    Attributes:
        steps: Batches.
        batch: Pairs in a batch; each also stands in it with its dates swapped.
        learning_rate: Peak of the one-cycle schedule.
        weight_decay: AdamW's.
    """

    steps: int = 300
    batch: int = 64
    learning_rate: float = 1.5e-3
    weight_decay: float = 0.05


class _HalvesLoss(nn.Module):
    """InfoNCE of the whole vectors and of their learned halves, each with a learned scale.

    The learned half is asked on its own as well, because it is also measured on its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scales = nn.Parameter(torch.full((2,), 2.7))

    def forward(self, texts: Tensor, pairs: Tensor, positive: Tensor) -> Tensor:
        whole, half = self.scales.exp().clamp(max=50)
        alone = learned_half(texts) @ learned_half(pairs).T
        return info_nce(whole * (texts @ pairs.T), positive) + info_nce(half * alone, positive)


def train_fusion(
    base: Base, fusion: str, cached: CachedPairs, pool: SentencePool, training: HeadTraining, seed: int
) -> TextItsr:
    """Train a fusion; returns the base's network with it.

    Args:
        base: All that is frozen.
        fusion: One of `changeseek.core.model.fusion.FUSIONS`.
        cached: Training pairs.
        pool: Captions for them.
        training: How long and how hard.
        seed: First weights, order of the pairs and choice of the captions follow from it.
    """
    network, loss = with_fusion(base, fusion, seed), _HalvesLoss().to(base.device)
    learned = [value for value in nn.ModuleList((network, loss)).parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(learned, weight_decay=training.weight_decay)
    chance, order = random.Random(seed), torch.Generator().manual_seed(seed)
    for step in range(1, training.steps + 1):
        rows = torch.randint(len(cached.truths), (training.batch,), generator=order)
        value = loss(*_vectors(network, cached, rows, pool, chance))
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(learned, 2.0)
        optimizer.param_groups[0]["lr"] = training.learning_rate * one_cycle(step / training.steps)
        optimizer.step()
    return network.requires_grad_(False)


def _vectors(
    network: TextItsr, cached: CachedPairs, rows: Tensor, pool: SentencePool, chance: random.Random
) -> tuple[Tensor, Tensor, Tensor]:
    """Texts (2B, D), pairs (2B, D) in and against the order of time, and which is true of which."""
    device = network.difference_weight.device
    truths = [cached.truths[row] for row in rows.tolist()]
    drawn = pool.draw(truths + [truth.reversed() for truth in truths], chance)
    states, mask, positive = (part.to(device) for part in drawn)
    before, after = cached.tokens[rows].to(device).float().unbind(1)
    with torch.autocast(device.type, torch.bfloat16), fast_attention(device):
        pairs = network.change(torch.cat((before, after)), torch.cat((after, before)))
        texts = network.text_change(states, mask)
    return texts.float(), pairs.float(), positive
