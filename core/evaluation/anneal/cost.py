"""What answers cost: bits that a person tells, by pairs and by class labels.

A pair is one bit. A label says one of K classes: log2 K bits. So for the bits of all pairs so many images
could have been labelled; every pair of these would then be known, and the same metric head learns from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np

from changeseek.core.anneal.metric import train_metric
from changeseek.core.anneal.pairs import all_pairs
from changeseek.core.evaluation.anneal.archive import Archive
from changeseek.core.evaluation.anneal.judging import Judged, judge

# Learning takes the longer the more pairs there are; so many of those that labels imply are drawn.
_MOST_PAIRS = 2000


@dataclass(frozen=True, slots=True)
class Cost:
    """Annotation of one archive.

    Attributes:
        pairs: Answered pairs, a bit each.
        bits_a_label: log2 of the kinds.
        labels: Images that could be labelled for the same bits.
        bits_of_pool: To label the whole pool.
    """

    pairs: int
    bits_a_label: float
    labels: int
    bits_of_pool: float


def cost_of(archive: Archive, pairs: int) -> Cost:
    """Of so many answered pairs."""
    bits = log2(archive.kinds)
    return Cost(pairs, bits, min(len(archive.pool), int(pairs / bits)), len(archive.pool) * bits)


def judge_labelled(archive: Archive, labels: int, seed: int) -> Judged:
    """What so many class labels reach, of images drawn by chance."""
    chance = np.random.default_rng(seed)
    rows = chance.permutation(len(archive.pool))[:labels].astype(np.int64)
    pairs = all_pairs(rows)
    pairs = pairs[chance.permutation(len(pairs))[:_MOST_PAIRS]]
    same = archive.pool_labels[pairs[:, 0]] == archive.pool_labels[pairs[:, 1]]
    metric = train_metric(archive.pool, pairs, same)
    return judge(metric.embed(archive.gallery), archive.gallery_labels)
