"""The two halves of a change vector, each by itself: what the fusion learned, and what scenes tell alone."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F


def learned_half(vectors: Tensor) -> Tensor:
    """What the fusion, or the sentence's head, has learned: (N, D) to (N, D / 2), of unit length."""
    return F.normalize(vectors[:, : vectors.shape[1] // 2], dim=1)


def second_half(vectors: Tensor) -> Tensor:
    """The difference of scene vectors, which no fusion enters: (N, D) to (N, D / 2), of unit length."""
    return F.normalize(vectors[:, vectors.shape[1] // 2 :], dim=1)
