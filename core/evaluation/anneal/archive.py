"""What the experiment is made on: vectors to learn from, and others to judge by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.model.interface import Vectors

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Archive:
    """Embeddings with known labels; two are similar where their labels are the same.

    Attributes:
        title: What the data are called.
        pool: (N, D) float32 unit rows; pairs of these are asked about.
        pool_labels: (N,) int64.
        gallery: (G, D) float32 unit rows that are never asked about; each is a query to all others.
        gallery_labels: (G,) int64.
        model: Name of the model that embedded them.
    """

    title: str
    pool: Vectors
    pool_labels: Labels
    gallery: Vectors
    gallery_labels: Labels
    model: str

    @property
    def kinds(self) -> int:
        """Distinct labels of the pool."""
        return len(np.unique(self.pool_labels))

    @property
    def share_similar(self) -> float:
        """Probability that two of the pool, drawn by chance, are similar."""
        counts = np.unique(self.pool_labels, return_counts=True)[1]
        return float((counts * (counts - 1)).sum() / (len(self.pool) * (len(self.pool) - 1)))
