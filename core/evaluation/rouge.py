"""ROUGE-L: how much of a sentence stands in the same order in what people might have said."""

from __future__ import annotations

from collections.abc import Sequence

# Recall counts more than precision by this; the value of the COCO caption evaluation (Chen et al. 2015,
# arXiv 1504.00325), with which papers on change captions report.
_BETA = 1.2


def rouge_l(words: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """ROUGE-L of a sentence, 0..1 (Lin 2004, "ROUGE: a package for automatic evaluation of summaries", 3.1).

    The F-measure of precision and recall of the longest common subsequence. Of several references the best
    precision and the best recall count, each by itself, as in the COCO caption evaluation.

    Args:
        words: Of the sentence.
        references: Words of each true sentence; at least one.
    """
    common = [longest_common(words, reference) for reference in references]
    precision = max(length / max(1, len(words)) for length in common)
    recall = max(length / max(1, len(one)) for length, one in zip(common, references, strict=True))
    if precision == 0:
        return 0.0
    return (1 + _BETA**2) * precision * recall / (recall + _BETA**2 * precision)


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for word in one:
        above_left = 0
        for place, candidate in enumerate(other, start=1):
            above = row[place]
            row[place] = above_left + 1 if word == candidate else max(above, row[place - 1])
            above_left = above
    return row[-1]
