"""Ways to score every pair of a gallery for every sentence: the product's own, and simpler ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from changeseek.core.evaluation.embedding import ReadTexts, SeenPairs
from changeseek.core.evaluation.retrieval import Scores
from changeseek.core.index.scoring import NOTHING_TEXT, less_nothing

Method = Callable[[ReadTexts, Sequence[str], SeenPairs], Scores]


def by_change(texts: ReadTexts, sentences: Sequence[str], pairs: SeenPairs) -> Scores:
    """As `changeseek search` scores: the learned change vector, less what looks like no change."""
    wanted, nothing = texts(sentences, "change"), texts([NOTHING_TEXT], "change")[0]
    change = pairs.vectors.change
    return less_nothing(wanted @ change.T, change @ nothing)


def by_after(texts: ReadTexts, sentences: Sequence[str], pairs: SeenPairs) -> Scores:
    """The sentence against the later date alone."""
    return texts(sentences, "scene") @ pairs.vectors.after.T


def by_delta(texts: ReadTexts, sentences: Sequence[str], pairs: SeenPairs) -> Scores:
    """How much better the sentence fits the later date than the earlier one."""
    return texts(sentences, "scene") @ (pairs.vectors.after - pairs.vectors.before).T


def by_difference(texts: ReadTexts, sentences: Sequence[str], pairs: SeenPairs) -> Scores:
    """How much the pixels differ: it reads no sentence, so that its ranking is the same for each."""
    return np.tile(pairs.difference, (len(sentences), 1))


LEARNED = "change"
# All but the first need no training on change: two look at scenes alone, one at pixels.
METHODS: dict[str, Method] = {
    LEARNED: by_change,
    "after only": by_after,
    "delta": by_delta,
    "pixel difference": by_difference,
}
