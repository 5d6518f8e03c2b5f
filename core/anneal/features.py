"""What describes a pair, whichever of the two comes first."""

from __future__ import annotations

import numpy as np

from changeseek.core.anneal.answers import Pairs
from changeseek.core.model.interface import Vectors


def pair_features(unit: Vectors, pairs: Pairs) -> Vectors:
    """(M, 2 K) float32, `[|zi - zj|, zi * zj]` element by element, of pairs (M, 2) of unit rows (N, K)."""
    first, second = unit[pairs[:, 0]], unit[pairs[:, 1]]
    return np.concatenate([np.abs(first - second), first * second], axis=1)
