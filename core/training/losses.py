"""What the network is asked to do: symmetric InfoNCE, presence of concepts, named phrases."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Claim, Placement


def positives(
    texts: Sequence[Meaning],
    truths: Sequence[tuple[Meaning, ...]],
    claims: Sequence[Claim | None] | None = None,
    where: Sequence[Placement | None] | None = None,
) -> Tensor:
    """Which text is true of which pair; identical captions share their positives.

    Args:
        texts: What each of M texts means.
        truths: What happened in each of N pairs.
        claims: What each text says of extent or position; None for none of them.
        where: Where it happened in each pair. A claim is false only of a pair of known place.

    Returns:
        (M, N) bool.
    """
    places = where or [None] * len(truths)
    return torch.tensor(
        [
            [
                any(text.agrees_with(truth) for truth in pair)
                and (claim is None or place is None or claim in place.claims)
                for pair, place in zip(truths, places, strict=True)
            ]
            for text, claim in zip(texts, claims or [None] * len(texts), strict=True)
        ]
    )


def info_nce(logits: Tensor, positive: Tensor) -> Tensor:
    """Symmetric InfoNCE with several positives a row.

    Args:
        logits: (M, N) scaled similarities of texts and pairs.
        positive: (M, N) bool.

    Returns:
        Mean over both directions of the mean negative log-likelihood of the positives.
    """
    return (_one_way(logits, positive) + _one_way(logits.T, positive.T)) / 2


def _one_way(logits: Tensor, positive: Tensor) -> Tensor:
    count = positive.sum(1)
    likelihood = (F.log_softmax(logits, dim=1) * positive).sum(1)
    return -(likelihood[count > 0] / count[count > 0]).mean()


def presence_loss(logits: Tensor, presence: Tensor) -> Tensor:
    """Sigmoid loss of images against concept phrases, (N, K); entries with presence -1 do not count."""
    known = presence >= 0
    weight = torch.where(presence == 1, 4.0, 1.0) * known
    loss = F.binary_cross_entropy_with_logits(logits, presence.clamp(min=0).float(), reduction="none")
    return (loss * weight).sum() / weight.sum()


def phrase_loss(phrases: Tensor, targets: Tensor) -> Tensor:
    """Squared distance of the phrases (M, 2, D) read from a text to the vectors meant (zero for none)."""
    return (phrases - targets).square().sum(2).mean()
