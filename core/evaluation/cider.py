"""CIDEr-D: agreement with what people might have said, where rare words count more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

Words = Sequence[str]
Ngram = tuple[str, ...]

_LONGEST = 4
# Standard deviation of the penalty for another length, and the factor of CIDEr-D (Vedantam et al. 2015, 5).
_SIGMA = 6.0
_FACTOR = 10.0


def cider_d(sentences: Sequence[Words], references: Sequence[Sequence[Words]]) -> float:
    """CIDEr-D of N sentences in the mean, 0..10 (Vedantam et al. 2015, arXiv 1411.5726, sections 3 and 5).

    This is the variant that the COCO caption evaluation, and with it most papers, report as CIDEr: n-grams of
    1 to 4 words with their counts weighted by inverse document frequency, counts clipped to those of the
    reference, and a Gaussian penalty for another length. Words are not stemmed, as in COCO's code. The
    document frequencies are those of the references given here, so values of other corpora do not compare.

    Args:
        sentences: Words of each of N sentences.
        references: Words of the true sentences of each; at least one each.
    """
    seen = Counter(ngram for truths in references for ngram in _distinct(truths))
    log_documents = math.log(len(references))
    weight = {ngram: log_documents - math.log(count) for ngram, count in seen.items()}
    scores = [
        _agreement(words, truths, weight, log_documents)
        for words, truths in zip(sentences, references, strict=True)
    ]
    return sum(scores) / len(scores)


def _agreement(words: Words, truths: Sequence[Words], weight: dict[Ngram, float], unknown: float) -> float:
    found = 0.0
    for truth in truths:
        penalty = math.exp(-((len(words) - len(truth)) ** 2) / (2 * _SIGMA**2))
        for length in range(1, _LONGEST + 1):
            found += penalty * _clipped_cosine(
                _counts(words, length), _counts(truth, length), weight, unknown
            )
    return _FACTOR * found / _LONGEST / len(truths)


def _clipped_cosine(
    own: Counter[Ngram], true: Counter[Ngram], weight: dict[Ngram, float], unknown: float
) -> float:
    product = sum(min(own[ngram], count) * count * weight[ngram] ** 2 for ngram, count in true.items())
    norms = _norm(own, weight, unknown) * _norm(true, weight, unknown)
    return product / norms if norms else 0.0


def _norm(counts: Counter[Ngram], weight: dict[Ngram, float], unknown: float) -> float:
    return math.sqrt(sum((count * weight.get(ngram, unknown)) ** 2 for ngram, count in counts.items()))


def _distinct(truths: Iterable[Words]) -> set[Ngram]:
    return {
        ngram for truth in truths for length in range(1, _LONGEST + 1) for ngram in _counts(truth, length)
    }


def _counts(words: Words, length: int) -> Counter[Ngram]:
    return Counter(tuple(words[at : at + length]) for at in range(len(words) - length + 1))
