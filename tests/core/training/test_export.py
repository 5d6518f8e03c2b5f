"""The reference pairs of a model are balanced over what they tell."""

from __future__ import annotations

import numpy as np

from changeseek.core.captions.grammar import Meaning
from changeseek.core.training.export import balanced
from changeseek.core.training.samples import CONCEPT_KEYS, PairSample

PATCH, PRESENCE = np.zeros((3, 8, 8), np.uint8), np.zeros((2, len(CONCEPT_KEYS)), np.int8)


def _sample(*truths: Meaning, captions: tuple[str, ...] = ()) -> PairSample:
    return PairSample(PATCH, PATCH, truths, PRESENCE, captions=captions)


def test_each_meaning_and_each_first_caption_counts_alone() -> None:
    built, cleared = Meaning("forest", "houses"), Meaning("forest", "field")
    told = _sample(captions=("a new estate", "houses"))
    samples = [_sample(built)] * 5 + [_sample(cleared)] + [told] * 4 + [_sample(built, cleared)] * 3
    assert balanced(samples, 2) == [samples[0], samples[1], samples[5], told, told]
