"""How well likeness in a space agrees with labels: every item of a gallery is a query to all others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from changeseek.core.evaluation.anneal.archive import Labels
from changeseek.core.model.interface import Vectors

FIRST = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures of one space, each 0..1.

    Attributes:
        mean_ap: Mean average precision over the queries.
        precision: Share of right ones among the first `FIRST`, in the mean.
    """

    mean_ap: float
    precision: float


def judge(unit: Vectors, labels: Labels) -> Judged:
    """Rank the gallery for each of its items; those that are the only one of their label do not ask.

    Args:
        unit: (G, K) float32 unit rows, at least two of one label.
        labels: (G,).
    """
    likeness = unit @ unit.T
    np.fill_diagonal(likeness, -np.inf)
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :-1]
    right = labels[order] == labels[:, None]
    counts = right.sum(axis=1)
    right, counts = right[counts > 0], counts[counts > 0]
    precision = right.cumsum(axis=1) / np.arange(1, right.shape[1] + 1)
    aps = (precision * right).sum(axis=1) / counts
    return Judged(float(aps.mean()), float(right[:, :FIRST].mean()))
