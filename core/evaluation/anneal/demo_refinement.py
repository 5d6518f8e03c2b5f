"""What a simulated user's answers do to the demo's queries, whose truth is known.

The user sees the same kind of change in two tiles where the same kinds of event happened on both, and calls
two tiles similar on which nothing did. Nothing else of the truth reaches the session. Answers go into a copy
of the index, so that nobody's own are touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from changeseek.core.anneal.question import Question
from changeseek.core.anneal.session import FeedbackSession
from changeseek.core.demo.figures import average_precision, relevance
from changeseek.core.demo.folder import DemoFolder
from changeseek.core.demo.queries import DEMO_QUERIES, DemoQuery
from changeseek.core.demo.truth import Truth, read_truth
from changeseek.core.index.layout import feedback_path
from changeseek.core.index.query import SearchRequest
from changeseek.core.index.scoring import Scores
from changeseek.core.index.search import score_tiles
from changeseek.core.index.store import Index, open_index
from changeseek.core.model.interface import PairModel

ROUND = 10


@dataclass(frozen=True, slots=True)
class RefinedQuery:
    """One query before and after.

    Attributes:
        text: What was asked.
        ap: Average precision, 0..1, without answers.
        refined_ap: With them.
        similar: How many of the answers were similar.
        weight: Of the learned metric for tiles that nobody looked at.
    """

    text: str
    ap: float
    refined_ap: float
    similar: int
    weight: float


@dataclass(frozen=True, slots=True)
class Refinements:
    """All queries with the same number of answers.

    Attributes:
        answers: Pairs that were answered: for each query, or for all of them together.
        shared: Whether all queries have one log of so many answers.
        queries: Before and after.
    """

    answers: int
    shared: bool
    queries: tuple[RefinedQuery, ...]

    @property
    def mean_ap(self) -> float:
        """Without answers."""
        return float(np.mean([one.ap for one in self.queries]))

    @property
    def mean_refined_ap(self) -> float:
        """With them."""
        return float(np.mean([one.refined_ap for one in self.queries]))

    @property
    def share_of_gap(self) -> float:
        """How much of what was missing to 1 the answers brought."""
        return (self.mean_refined_ap - self.mean_ap) / max(1 - self.mean_ap, 1e-9)

    @property
    def worst_change(self) -> float:
        """The smallest gain of a query; below 0 a loss."""
        return min(one.refined_ap - one.ap for one in self.queries)

    def as_json(self) -> dict[str, Any]:
        """With JSON values only."""
        return {
            "answers": self.answers,
            "shared": self.shared,
            "mean_ap": self.mean_ap,
            "mean_refined_ap": self.mean_refined_ap,
            "share_of_gap": self.share_of_gap,
            "worst_change": self.worst_change,
            "queries": [asdict(one) for one in self.queries],
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the demo with its ranking before any answer."""

    query: DemoQuery
    scores: Scores

    @property
    def question(self) -> Question:
        """As the session knows it."""
        return Question.asked(self.query.text, self.query.mode, "", "")


def refine_demo(
    folder: DemoFolder, model: PairModel, answers: int, strategy: str = "mgue+clustering"
) -> tuple[Refinements, Refinements]:
    """Refine each query with answers of its own, then all of them with one log.

    Args:
        folder: Where the demo lies, finished.
        model: That its index was built with.
        answers: Pairs that the simulated user answers.
        strategy: How pairs are chosen.
    """
    with TemporaryDirectory() as scratch:
        copy = Path(scratch, folder.index.name)
        shutil.copytree(folder.index, copy)
        index, truth = open_index(copy), read_truth(folder.truth)
        asked = [
            Asked(query, score_tiles(index, model, SearchRequest(query.text, query.mode)))
            for query in DEMO_QUERIES
        ]
        alone = tuple(_refined(index, truth, [one], answers, strategy)[0] for one in asked)
        together = _refined(index, truth, asked, answers, strategy)
    return Refinements(answers, False, alone), Refinements(answers, True, tuple(together))


def _refined(
    index: Index, truth: Truth, asked: Sequence[Asked], answers: int, strategy: str
) -> list[RefinedQuery]:
    """Answer so many pairs in rounds, the queries in turn, into an empty log; then rank each query."""
    feedback_path(index.directory).unlink(missing_ok=True)
    session = FeedbackSession(index)
    # A round of ten serves one query; several share it where there are more queries than rounds.
    each = max(1, min(ROUND, answers // len(asked)))
    left, turn = answers, 0
    while left > 0:
        one = asked[turn % len(asked)]
        pairs = session.propose(min(each, left), strategy, one.question, one.scores)
        for pair in pairs:
            first, second = index.tile_ids[pair.first], index.tile_ids[pair.second]
            session.answer(first, second, _verdict(truth, first, second), "simulated")
        left, turn = left - max(1, len(pairs)), turn + 1
    return [_judged(session, truth, one) for one in asked]


def _judged(session: FeedbackSession, truth: Truth, asked: Asked) -> RefinedQuery:
    record = session.record()
    refined = session.refine(asked.question, asked.scores, record)
    plain, better = (
        _ap(session.index, truth, asked.query, scores) for scores in (asked.scores, refined.scores)
    )
    return RefinedQuery(asked.query.text, plain, better, len(record.said("similar")), refined.weight)


def _ap(index: Index, truth: Truth, query: DemoQuery, scores: Scores) -> float:
    order = np.argsort(-scores, kind="stable")
    relevant = relevance([index.tile_ids[row] for row in order], query.meaning, truth)
    return average_precision(relevant, sum(tile.answers(query.meaning) for tile in truth.values()))


def _verdict(truth: Truth, first: str, second: str) -> str:
    same = set(truth[first].events) == set(truth[second].events)
    return "similar" if same else "dissimilar"
