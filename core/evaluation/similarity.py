"""How alike sentences are to what people might have said, in the figures that papers report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sacrebleu.metrics.bleu import BLEU

from changeseek.core.evaluation.cider import cider_d
from changeseek.core.evaluation.rouge import rouge_l

_LONGEST = 4
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Similarity:
    """Of N sentences to the true ones of each.

    Attributes:
        bleu: BLEU-1 to BLEU-4 of the whole by sacrebleu, 0..100 (Papineni et al. 2002).
        rouge_l: In the mean, 0..1.
        cider_d: In the mean, 0..10.
    """

    bleu: tuple[float, ...]
    rouge_l: float
    cider_d: float


def measure_similarity(sentences: Sequence[str], references: Sequence[Sequence[str]]) -> Similarity:
    """Compare N sentences with true ones, the same number for each."""
    streams = list(zip(*references, strict=True))
    bleus = [BLEU(lowercase=True, max_ngram_order=length + 1) for length in range(_LONGEST)]
    words = [_words(sentence) for sentence in sentences]
    truths = [[_words(text) for text in texts] for texts in references]
    likenesses = [rouge_l(own, true) for own, true in zip(words, truths, strict=True)]
    return Similarity(
        tuple(float(bleu.corpus_score(sentences, streams).score) for bleu in bleus),
        sum(likenesses) / len(likenesses),
        cider_d(words, truths),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
