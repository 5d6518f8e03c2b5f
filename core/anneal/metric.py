"""The metric head: a linear map of stored embeddings, learned from answered pairs.

ANNEAL (arXiv 2306.11605, 2406.10107) trains a deep network on the answered pairs. Here the network stays as
it is and its stored vectors are mapped, so that a new answer counts at once. Ours, not the papers': the map
changes only the directions in which the vectors vary most, begins as the identity and is held near it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import coo_matrix

from changeseek.core.anneal.answers import Pairs, Similar
from changeseek.core.model.interface import Vectors

_DIRECTIONS = 64
_MOST_ROWS = 2048
_STEPS = 40
_Back = Callable[[NDArray[np.float64]], NDArray[np.float64]]
# Of cosines: how far beyond the border between the kinds a pair must lie to be safe.
_SOFTNESS = 0.1
# Divided by the root of how many answers there are. Divided by their number, as if each told something of its
# own, the hold gave way to the uncertain pairs alone, and more answers made the metric worse.
_HOLD = 1.5
# 0 counts every pair alike, 1 both kinds alike; between them a rare kind still counts more.
_BALANCE = 0.5


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


def directions(vectors: Vectors) -> NDArray[np.float32]:
    """(D, R) float32 orthonormal columns, in which vectors (N, D) vary most, R at most `_DIRECTIONS`."""
    some = vectors[:: max(1, len(vectors) // _MOST_ROWS)].astype(np.float64)
    spread = np.linalg.eigh(some.T @ some)[1]
    return np.ascontiguousarray(spread[:, ::-1][:, :_DIRECTIONS].astype(np.float32))


def train_metric(
    vectors: Vectors,
    pairs: Pairs,
    similar: Similar,
    basis: NDArray[np.float32] | None = None,
) -> Metric:
    """Learn from answered pairs.

    Args:
        vectors: (N, D) float32, unit rows.
        pairs: (M, 2) int64 rows of vectors.
        similar: (M,) bool.
        basis: `directions(vectors)`, for those who train again and again; None finds them.

    Returns:
        The same for the same input; with no answers the plain embedding.
    """
    basis = directions(vectors) if basis is None else basis
    if not len(pairs):
        return Metric(basis, np.zeros((basis.shape[1],) * 2, np.float32))
    return Metric(basis, _learn(_Inside(vectors, basis, pairs), similar, basis.shape[1]))


def _learn(pairs: _Inside, similar: Similar, width: int) -> NDArray[np.float32]:
    sign = np.where(similar, 1.0, -1.0)
    weight = np.where(similar, _rarity(similar), _rarity(~similar))
    weight /= weight.sum()
    hold = _HOLD / np.sqrt(len(similar))

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        change, border = values[:-1].reshape(width, width), values[-1]
        cosine, back = pairs.cosine(change)
        safety = sign * (cosine - border) / _SOFTNESS
        cost = float((weight * np.logaddexp(0, -safety)).sum()) + hold * float((change * change).sum())
        pull = -weight * sign / _SOFTNESS / (1 + np.exp(np.clip(safety, -50, 50)))
        return cost, np.append((back(pull) + 2 * hold * change).ravel(), -pull.sum())

    start = np.append(np.zeros(width * width), pairs.cosine(np.zeros((width, width)))[0].mean())
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    change: NDArray[np.float32] = found.x[:-1].reshape(width, width).astype(np.float32)
    return change


def _rarity(one: Similar) -> float:
    return float(np.maximum(1, one.sum()) ** -_BALANCE)


class _Inside:
    """Cosines of pairs (M, 2) of rows as a function of the map; what the map leaves alone is counted once.

    Args:
        vectors: (N, D) float32.
        basis: (D, R).
        pairs: (M, 2).
    """

    def __init__(self, vectors: Vectors, basis: NDArray[np.float32], pairs: Pairs) -> None:
        rows, places = np.unique(pairs, return_inverse=True)
        self._first, self._second = places.reshape(pairs.shape).T
        self._inside = (vectors[rows] @ basis).astype(np.float64)
        outside = vectors[rows] - (vectors[rows] @ basis) @ basis.T
        self._apart = np.einsum("md,md->m", outside[self._first], outside[self._second])
        self._squares = np.einsum("nd,nd->n", outside, outside)

    def cosine(self, change: NDArray[np.float64]) -> tuple[NDArray[np.float64], _Back]:
        """(M,) cosines under the map, and what turns slopes by them (M,) into slopes by the map (R, R)."""
        first, second, rows = self._first, self._second, len(self._inside)
        mapped = self._inside + self._inside @ change
        lengths = np.sqrt(np.maximum(np.einsum("nr,nr->n", mapped, mapped) + self._squares, 1e-12))
        product = lengths[first] * lengths[second]
        cosine = (np.einsum("mr,mr->m", mapped[first], mapped[second]) + self._apart) / product

        def back(slope: NDArray[np.float64]) -> NDArray[np.float64]:
            across = coo_matrix((slope / product, (first, second)), shape=(rows, rows)).tocsr()
            own = np.bincount(first, slope * cosine, rows) + np.bincount(second, slope * cosine, rows)
            by_row = across @ mapped + across.T @ mapped - (own / lengths**2)[:, None] * mapped
            found: NDArray[np.float64] = self._inside.T @ by_row
            return found

        return cosine, back
