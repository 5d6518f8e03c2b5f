"""Binary-classifier-guided uncertainty estimation (BCGUE): a pair is uncertain where a classifier is.

ANNEAL, arXiv 2306.11605 and 2406.10107. That a classifier says similar or dissimilar and its confidence
gives the uncertainty is the papers'; that it is a logistic regression on
`[|zi - zj|, zi * zj]` is our reading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from changeseek.core.anneal.answers import AnsweredPairs, Pairs
from changeseek.core.anneal.features import pair_features
from changeseek.core.model.interface import Vectors

_HOLD = 0.01
# So few that they stay in the processor's cache.
_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class PairClassifier:
    """Says how probably a pair is similar.

    Attributes:
        weights: (2 K,) float32 of the pair features.
        bias: Added to their sum.
    """

    weights: NDArray[np.float32]
    bias: float

    def log_odds(self, unit: Vectors, pairs: Pairs) -> NDArray[np.float32]:
        """(M,) float32, above 0 where similar is more probable."""
        apart, alike = np.split(self.weights, 2)
        found = np.empty(len(pairs), np.float32)
        for at in range(0, len(pairs), _AT_ONCE):
            first, second = (unit[rows] for rows in pairs[at : at + _AT_ONCE].T)
            product = np.einsum("mk,mk,k->m", first, second, alike)
            np.subtract(first, second, out=first)
            found[at : at + _AT_ONCE] = np.abs(first, out=first) @ apart + product
        return found + np.float32(self.bias)


def train_classifier(unit: Vectors, answered: AnsweredPairs) -> PairClassifier:
    """Logistic regression in which both kinds count the same, held small; the same for the same input.

    Args:
        unit: (N, K) float32 unit rows.
        answered: Pairs of these rows, both kinds present.
    """
    features = pair_features(unit, answered.pairs).astype(np.float64)
    scale = features.std(axis=0).mean() + 1e-9
    features = features / scale
    sign = np.where(answered.similar, 1.0, -1.0)
    share = np.where(answered.similar, 0.5 / answered.similar.sum(), 0.5 / (~answered.similar).sum())

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = values[:-1], values[-1]
        safety = sign * (features @ weights + bias)
        cost = float((share * np.logaddexp(0, -safety)).sum()) + _HOLD / 2 * float(weights @ weights)
        pull = -share * sign / (1 + np.exp(np.clip(safety, -50, 50)))
        return cost, np.append(features.T @ pull + _HOLD * weights, pull.sum())

    found = minimize(
        loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 50}
    )
    return PairClassifier((found.x[:-1] / scale).astype(np.float32), float(found.x[-1]))


def bcgue_uncertainty(log_odds: NDArray[np.floating]) -> NDArray[np.float64]:
    """(M,) at most 0, higher is more uncertain: how unsure the classifier is."""
    uncertain: NDArray[np.float64] = -np.abs(np.asarray(log_odds, np.float64))
    return uncertain
