"""How good the captions are that `changeseek caption` gives: what they mean, and how they say it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from changeseek.core.captions.bank import CaptionBank, read_bank
from changeseek.core.captions.grammar import Meaning, sentences
from changeseek.core.captions.ranking import rank_captions
from changeseek.core.evaluation.retrieval import chance_of
from changeseek.core.evaluation.similarity import Similarity, measure_similarity
from changeseek.core.model.interface import PairModel, Vectors

TOP = 5
# As many as each pair of LEVIR-CC has.
REFERENCES = 5


@dataclass(frozen=True, slots=True)
class CaptionFigures:
    """Figures of the captions of one gallery; shares are of the changed pairs where nothing else is said.

    Attributes:
        first: Share whose first caption is true (it may tell one side of the change only).
        first_five: Share with a true caption among the first five.
        first_whole: Share whose first caption names both what went and what came, and is true.
        floor: What captions drawn by chance reach for the three.
        quiet: Share of the quiet pairs whose first caption says that nothing has changed; None without any.
        missed: Share whose first caption says so.
        similarity: Of the first captions to the references.
        of_chance: Of captions drawn by chance.
        of_truth: Of a true sentence of the bank for each pair: the most that a perfect model would reach.
    """

    first: float
    first_five: float
    first_whole: float
    floor: tuple[float, float, float]
    quiet: float | None
    missed: float
    similarity: Similarity
    of_chance: Similarity
    of_truth: Similarity


def measure_captions(
    change: Vectors, meanings: Sequence[Meaning], changed: int, model: PairModel, seed: int
) -> CaptionFigures:
    """Caption every pair from the project's own bank.

    Args:
        change: (N, D) change vectors.
        meanings: What happened in each pair.
        changed: The first so many pairs are those in which something happened.
        model: Made the vectors.
        seed: Of the references, and of what is drawn by chance.
    """
    bank, chance = read_bank(), random.Random(seed)
    ranked = rank_captions(change, bank, model, TOP, fallback_changes=change)
    meant = {sentence.text: Meaning.parse(sentence.meaning) for sentence in bank.sentences}
    told = [[meant[one.caption] for one in captions] for captions in ranked]
    truths = meanings[:changed]
    known = list(zip(told[:changed], truths, strict=True))
    references = [chance.sample(sentences(truth), REFERENCES) for truth in truths]
    drawn = chance.choices(bank.texts, k=changed)
    true = [chance.choice(sentences(truth, nouns=1)) for truth in truths]
    quiet = [captions[0] == Meaning() for captions in told[changed:]]
    return CaptionFigures(
        _share([captions[0].agrees_with(truth) for captions, truth in known]),
        _share([any(one.agrees_with(truth) for one in captions) for captions, truth in known]),
        _share([captions[0] == truth for captions, truth in known]),
        _floor(bank, truths),
        _share(quiet) if quiet else None,
        _share([captions[0] == Meaning() for captions, _ in known]),
        measure_similarity([captions[0].caption for captions in ranked[:changed]], references),
        measure_similarity(drawn, references),
        measure_similarity(true, references),
    )


def _floor(bank: CaptionBank, truths: Sequence[Meaning]) -> tuple[float, float, float]:
    """As the ranking does, chance draws meanings, each once."""
    all_meanings = [Meaning.parse(key) for key in {sentence.meaning for sentence in bank.sentences}]
    right = {truth: sum(one.agrees_with(truth) for one in all_meanings) for truth in set(truths)}
    count = len(all_meanings)
    return (
        float(np.mean([right[truth] / count for truth in truths])),
        float(np.mean([chance_of(right[truth], count, TOP) for truth in truths])),
        1 / count,
    )


def _share(verdicts: Sequence[bool]) -> float:
    return sum(verdicts) / len(verdicts)
