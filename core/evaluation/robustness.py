"""Whether a model finds a change however it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from changeseek.core.captions.concepts import BY_KEY
from changeseek.core.captions.grammar import Meaning
from changeseek.core.evaluation.embedding import ReadTexts, SeenPairs
from changeseek.core.evaluation.methods import by_change
from changeseek.core.evaluation.retrieval import Relevant, Retrieval, Scores, measure_retrieval
from changeseek.core.evaluation.wordings import WORDINGS
from changeseek.core.index.scoring import NOTHING_TEXT, change_scores, transition_scores

ARROW = "as a transition (“forest -> houses”)"


def measure_wordings(
    texts: ReadTexts, meanings: Sequence[Meaning], pairs: SeenPairs, truths: Sequence[Meaning], seed: int
) -> dict[str, Retrieval]:
    """Text to pair for every way of asking, each with a floor of its own.

    Args:
        texts: Of the model.
        meanings: Distinct whole transitions, each to be asked for.
        pairs: The gallery.
        truths: What happened in each pair; right is every pair of which the sentence is true.
        seed: Of the wordings.
    """
    found = {}
    for name, ask in WORDINGS.items():
        asked = ask(meanings, seed)
        scores = by_change(texts, asked.sentences, pairs)
        found[name] = measure_retrieval(scores, right_pairs(asked.meanings, truths))
    found[ARROW] = measure_retrieval(_by_arrow(texts, meanings, pairs), right_pairs(meanings, truths))
    return found


def right_pairs(meanings: Sequence[Meaning], truths: Sequence[Meaning]) -> Relevant:
    """(M, N) whether a sentence of each meaning is true of each pair."""
    return np.array([[meaning.agrees_with(truth) for truth in truths] for meaning in meanings])


def _by_arrow(texts: ReadTexts, meanings: Sequence[Meaning], pairs: SeenPairs) -> Scores:
    """As `changeseek search` scores "A -> B", with the usual nouns."""
    before, after, change = pairs.vectors
    nothing = texts([NOTHING_TEXT], "change")[0]
    rows = []
    for meaning in meanings:
        old, new = (BY_KEY[key or ""].nouns[0].text for key in (meaning.before, meaning.after))
        replaced = change_scores(change, texts([f"{old} turned into {new}"], "change")[0], nothing)
        gone, come = texts([old, new], "scene")
        rows.append(transition_scores(before, after, gone, come, replaced))
    return np.stack(rows)
