"""How long a round of relevance feedback takes on a large index that is already open."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from changeseek.core.anneal.question import Question
from changeseek.core.anneal.session import FeedbackSession
from changeseek.core.index.store import Index, open_index
from changeseek.core.model.loading import load_model
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.made_index import write_index
from changeseek.tests.benchmarks.settings import Settings

_ANSWERED, _ROUND = 200, 10
_QUESTION = Question("houses were built")


def measure(settings: Settings) -> Figures:
    """Seconds for pairs to ask about, for learning anew from 200 answers, for ranking all tiles by them.

    Proposing is timed after a new answer, so learning is in it: what a user waits for between two rounds. The
    vectors are random, so the metric is judged as useless and would not be applied; ranking is timed as if it
    were.
    """
    index = _large_index(settings)
    chance = np.random.default_rng(1)
    scores = chance.standard_normal(len(index)).astype(np.float32)
    session = FeedbackSession(index)
    for number in range(_ANSWERED):
        first, second = (index.tile_ids[row] for row in chance.choice(len(index), 2, replace=False))
        session.answer(first, second, "similar" if number % 3 else "dissimilar", "bench")
    session.propose(_ROUND, question=_QUESTION, scores=scores)  # brings libraries and vectors into memory
    session.answer(index.tile_ids[0], index.tile_ids[1], "similar", "bench")
    anywhere = _seconds(lambda: session.propose(_ROUND))
    session.answer(index.tile_ids[0], index.tile_ids[2], "similar", "bench")
    learning = _seconds(lambda: session.learned(session.record()))
    session.answer(index.tile_ids[0], index.tile_ids[3], "similar", "bench")
    for_question = _seconds(lambda: session.propose(_ROUND, question=_QUESTION, scores=scores))
    metric = session.learned(session.record()).metric
    embedding = _seconds(lambda: metric.embed(index.vectors("change")))
    return {
        "feedback_propose_s_100k": max(anywhere, for_question),
        "feedback_learn_s_100k": learning,
        "feedback_rank_s_100k": embedding + _seconds(lambda: session.refine(_QUESTION, scores)),
    }


def _large_index(settings: Settings) -> Index:
    directory = settings.folder / "large.csx"
    if not directory.exists():
        write_index(directory, settings, load_model(settings.model, "cpu"), settings.query_tiles)
    return open_index(directory)


def _seconds(do: Callable[[], Any]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start
