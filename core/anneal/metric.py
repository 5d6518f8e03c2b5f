"""The metric head: a linear map of stored embeddings, learned from answered pairs.

ANNEAL (arXiv 2306.11605, 2406.10107) trains a deep network on the answered pairs. Here the network stays as
it is and its stored vectors are mapped, so that a new answer counts at once. Ours, not the papers': the map
changes only the directions in which the vectors vary most, begins as the identity and is held near it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import relu

from changeseek.core.anneal.answers import Pairs, Similar
from changeseek.core.model.interface import Vectors
from changeseek.core.model.threads import one_core

_DIRECTIONS = 64
_MOST_ROWS = 4096
_STEPS = 60
_RATE = 0.02
_MARGIN = 0.1
_HOLD = 0.02


@dataclass(frozen=True, slots=True)
class Metric:
    """Likeness as the answers have it: distances between mapped vectors.

    Attributes:
        basis: (D, R) float32 with orthonormal columns, the directions that are mapped.
        change: (R, R) float32, what is added to the identity in them; all zero is the plain embedding.
    """

    basis: NDArray[np.float32]
    change: NDArray[np.float32]

    def embed(self, vectors: Vectors) -> Vectors:
        """Map (N, D) float32 to (N, D) float32 rows of unit length; zero rows stay zero."""
        mapped = vectors + (vectors @ self.basis) @ self.change @ self.basis.T
        lengths = np.sqrt(np.einsum("nd,nd->n", mapped, mapped))[:, None]
        unit: Vectors = np.divide(mapped, lengths, out=np.zeros_like(mapped), where=lengths > 0)
        return unit

    def distances(self, vectors: Vectors, pairs: Pairs) -> NDArray[np.float32]:
        """(M,) float32 cosine distances 0..2 of pairs (M, 2) of rows of vectors (N, D)."""
        rows, places = np.unique(pairs, return_inverse=True)
        return distances(self.embed(vectors[rows]), places.reshape(pairs.shape))


def distances(unit: Vectors, pairs: Pairs) -> NDArray[np.float32]:
    """(M,) float32 cosine distances 0..2 of pairs (M, 2) of unit rows (N, K)."""
    likeness = np.einsum("md,md->m", unit[pairs[:, 0]], unit[pairs[:, 1]])
    found: NDArray[np.float32] = np.float32(1.0) - likeness
    return found


def train_metric(vectors: Vectors, pairs: Pairs, similar: Similar, seed: int = 0) -> Metric:
    """Learn from answered pairs.

    Args:
        vectors: (N, D) float32, unit rows.
        pairs: (M, 2) int64 rows of vectors.
        similar: (M,) bool.
        seed: Kept for trainings that draw; this one does not.

    Returns:
        The same for the same input; with no answers the plain embedding.
    """
    basis = _basis(vectors)
    if not len(pairs):
        return Metric(basis, np.zeros((basis.shape[1],) * 2, np.float32))
    rows, places = np.unique(pairs, return_inverse=True)
    inside = vectors[rows] @ basis
    outside = vectors[rows] - inside @ basis.T
    with one_core():
        change = _learn(*map(torch.from_numpy, (inside, outside, places.reshape(pairs.shape), similar)))
    return Metric(basis, change.numpy())


def _basis(vectors: Vectors) -> NDArray[np.float32]:
    some = vectors[:: max(1, len(vectors) // _MOST_ROWS)].astype(np.float64)
    spread = np.linalg.eigh(some.T @ some)[1]
    return np.ascontiguousarray(spread[:, ::-1][:, :_DIRECTIONS].astype(np.float32))


def _learn(inside: Tensor, outside: Tensor, pairs: Tensor, similar: Tensor) -> Tensor:
    first, second = pairs.unbind(1)
    apart = (outside[first] * outside[second]).sum(1)
    length = (outside * outside).sum(1)
    sign = similar.float() * 2 - 1
    weight = torch.where(similar, 0.5 / similar.sum().clamp(min=1), 0.5 / (~similar).sum().clamp(min=1))
    change = torch.zeros((inside.shape[1],) * 2, requires_grad=True)
    border = torch.tensor(0.5, requires_grad=True)
    optimiser = torch.optim.Adam([change, border], lr=_RATE)
    for _ in range(_STEPS):
        mapped = inside + inside @ change
        lengths = ((mapped * mapped).sum(1) + length).clamp(min=1e-12).sqrt()
        cosine = ((mapped[first] * mapped[second]).sum(1) + apart) / (lengths[first] * lengths[second])
        loss = (weight * relu(_MARGIN - sign * (cosine - border)) / _MARGIN).sum()
        loss = loss + _HOLD * (change * change).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return change.detach()
