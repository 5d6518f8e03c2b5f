"""Whether a score tells pairs in which something happened from pairs in which nothing did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from changeseek.core.demo.figures import average_precision
from changeseek.core.evaluation.embedding import ReadTexts, SeenPairs
from changeseek.core.evaluation.retrieval import Scores
from changeseek.core.index.scoring import NOTHING_TEXT


@dataclass(frozen=True, slots=True)
class Detection:
    """How far changed pairs rank before quiet ones.

    Attributes:
        area: Under the ROC curve: the probability that a changed pair ranks before a quiet one; chance 0.5.
        ap: Average precision, 0..1.
        floor: Share of changed pairs; the average precision of a random ranking is about that.
    """

    area: float
    ap: float
    floor: float


def measure_detection(texts: ReadTexts, pairs: SeenPairs, changed: int) -> dict[str, Detection]:
    """By name of the score; the first `changed` pairs are the changed ones. Empty where none is quiet."""
    if not 0 < changed < len(pairs.difference):
        return {}
    nothing = texts([NOTHING_TEXT], "change")[0]
    vectors = pairs.vectors
    scores = {
        f"unlike “{NOTHING_TEXT}”": -(vectors.change @ nothing),
        "distance of the scenes": -(vectors.before * vectors.after).sum(axis=1),
        "pixel difference": pairs.difference,
    }
    return {name: detect(score, changed) for name, score in scores.items()}


def detect(scores: Scores, changed: int) -> Detection:
    """Figures of scores (N,), the changed pairs first; ties count half for the area."""
    low = np.sort(scores[changed:])
    beaten = np.searchsorted(low, scores[:changed], "left") + np.searchsorted(low, scores[:changed], "right")
    order = np.argsort(-scores, kind="stable")
    return Detection(
        float(beaten.mean() / 2 / len(low)),
        average_precision(order < changed, changed),
        changed / len(scores),
    )
