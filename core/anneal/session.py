"""Relevance feedback on an opened index: proposes pairs, takes answers, learns, ranks anew.

All follows from the log: the same lines give the same metric and the same ranking, bit for bit on one
machine, so undoing is only reading without a line. Pairs that are proposed for a question set the tile that
stands for it beside its hits, of which the strategy chooses: ours; the papers have no texts.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.advice import ROUND, StopAdvice, advise, advise_by_agreement, exchanged_share
from changeseek.core.anneal.belief import Belief, believe, log_odds, score_of_log_odds
from changeseek.core.anneal.candidates import doubtful_pairs
from changeseek.core.anneal.entries import JUDGEMENT, PAIR, VERDICTS, Entry
from changeseek.core.anneal.learned import Learned, learn
from changeseek.core.anneal.log import AnswerLog, Lines
from changeseek.core.anneal.precision import Expected, expect
from changeseek.core.anneal.proposing import ProposedPair, check_strategy, proposed_pairs
from changeseek.core.anneal.question import Question
from changeseek.core.anneal.record import Record, read_record
from changeseek.core.anneal.rescoring import rescore
from changeseek.core.anneal.selection import STRATEGIES
from changeseek.core.anneal.transitivity import kinds_of
from changeseek.core.errors import FeedbackError
from changeseek.core.index.hits import top_positions
from changeseek.core.index.scoring import Scores
from changeseek.core.index.store import Index
from changeseek.core.model.interface import Vectors

_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Refined:
    """A ranking with people's answers in it.

    Attributes:
        scores: (N,) float32, on the scale of the plain ones.
        answers: Pairs that were learned from.
        weight: 0..1, how much tiles that nobody looked at are moved.
        why: One sentence on the weight.
        precision: What thresholds mean, highest first.
        odds: (N,) log-odds that each tile is meant.
    """

    scores: Scores
    answers: int
    weight: float
    why: str
    precision: tuple[Expected, ...]
    odds: NDArray[np.float64]


class FeedbackSession:
    """Feedback on one index; reads the log anew whenever it is asked, for others write it too.

    Args:
        index: Opened.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.log = AnswerLog(index.directory)
        self._learned: OrderedDict[bytes, Learned] = OrderedDict()
        # Of the last one only: as large as the index.
        self._embedded: tuple[Learned, Vectors] | None = None

    def record(self, revision: int | None = None) -> Record:
        """What the log holds, or held when it had so many lines."""
        lines = self.log.read()
        return self._read(lines if revision is None else lines.until(revision))

    def answer(self, first: str, second: str, verdict: str, annotator: str = "") -> Entry:
        """Write what a person says of a pair; on the disk when this returns.

        Raises:
            UnknownTileError: The index holds no such tile.
            FeedbackError: The pair is one tile, or there is no such verdict.
        """
        rows = self.index.position(first), self.index.position(second)
        _check_verdict(PAIR, verdict)
        if rows[0] == rows[1]:
            raise FeedbackError(f"{first} was compared with itself", "Name two tiles")
        return self.log.add(PAIR, (first, second), verdict, annotator)

    def judge(self, question: Question, tile_id: str, verdict: str, annotator: str = "") -> Entry:
        """Write that a hit of a question was kept or rejected; on the disk when this returns.

        Raises:
            UnknownTileError: The index holds no such tile.
            FeedbackError: There is no question or no such verdict.
        """
        self.index.position(tile_id)
        _check_verdict(JUDGEMENT, verdict)
        if not question:
            raise FeedbackError(
                "nothing says which question the hit answers", "Name a text or an example tile"
            )
        if question.tile_id:
            self.index.position(question.tile_id)
        return self.log.add(JUDGEMENT, (tile_id,), verdict, annotator, question)

    def undo(self, annotator: str = "") -> Entry | None:
        """Take back the annotator's last answer that counts; None where there is none."""
        return self.log.undo(annotator)

    def learned(self, record: Record) -> Learned:
        """The metric of a record; kept for the next who asks for the same."""
        answered = record.answered()
        key = answered.pairs.tobytes() + answered.similar.tobytes()
        if key not in self._learned:
            self._learned[key] = learn(self.index.vectors("change"), answered)
            while len(self._learned) > _REMEMBERED:
                self._learned.popitem(last=False)
        return self._learned[key]

    def likeness(self, tile_id: str, record: Record) -> Scores:
        """(N,) how much each tile changed as the example did, in the metric where it helps; -inf itself."""
        example = self.index.position(tile_id)
        unit = self._unit(self.learned(record))
        scores: Scores = (unit @ unit[example]).astype(np.float32)
        scores[example] = -np.inf
        return scores

    def refine(self, question: Question, scores: Scores, record: Record | None = None) -> Refined:
        """Let the answers take part in a ranking.

        Args:
            question: What was asked.
            scores: (N,) float32: of a text the plain ones, of an example tile those of `likeness`.
            record: Of which revision; None is now.
        """
        return self._refined(question, scores, self.record() if record is None else record)[0]

    def _refined(self, question: Question, scores: Scores, record: Record) -> tuple[Refined, Belief]:
        learned = self.learned(record)
        odds = log_odds(scores)
        belief = self._belief(question, odds, record)
        told = rescore(scores, self._unit(learned), belief)
        worth = score_of_log_odds(scores)
        with np.errstate(invalid="ignore"):
            moved = np.where(np.isfinite(scores), (told.scores - scores) / worth, 0) if worth else 0.0
        precision = expect(told.scores, odds + moved, _known(belief))
        refined = Refined(
            told.scores,
            len(learned.answered),
            told.weight,
            _why(len(belief.rows), told.weight),
            precision,
            odds + moved,
        )
        return refined, belief

    def propose(
        self,
        count: int,
        strategy: str = STRATEGIES[0],
        question: Question = Question(),  # noqa: B008 - frozen
        scores: Scores | None = None,
        seed: int = 0,
    ) -> list[ProposedPair]:
        """Pairs to ask about, the most telling first; fewer where there are no more.

        Args:
            count: Most pairs.
            strategy: One of `proposing.REAL_STRATEGIES`.
            question: To refine; none for the index as a whole.
            scores: (N,) as for `refine`, where there is a question.
            seed: Of what is drawn by chance; each revision of the log draws anew.

        Raises:
            FeedbackError: There is no such strategy, or count is below 1.
        """
        wanted = check_strategy(strategy)
        if count < 1:
            raise FeedbackError(f"{count} pairs were asked for", "Ask for at least one")
        record = self.record()
        skipped = np.array(record.said("skipped"), np.int64).reshape(-1, 2)
        candidates = None
        if question and scores is not None:
            refined, belief = self._refined(question, scores, record)
            example = self._example(question)
            candidates = doubtful_pairs(example, refined.scores, refined.odds, belief, skipped)
        drawn = seed * 1_000_003 + record.lines.count
        vectors = self.index.vectors("change")
        return proposed_pairs(wanted, vectors, self.learned(record), skipped, count, drawn, candidates)

    def first_hits(self, refined: Scores, hits: int) -> NDArray[np.intp]:
        """Rows of the first hits, best first."""
        return top_positions(refined, min(hits, int(np.isfinite(refined).sum())))

    def advice(self, question: Question, scores: Scores | None, hits: int) -> StopAdvice:
        """Whether to go on, from what the last two rounds of answers did to the first hits."""
        record = self.record()
        answers = len(record.answered_pairs_only())
        if question and scores is not None:
            steps = [self.record(record.before_last(back)) for back in (2 * ROUND, ROUND, 0)]
            firsts = [self._first_hits(question, scores, one, hits) for one in steps]
            return advise(answers, [exchanged_share(*two) for two in pairwise(firsts)])
        return advise_by_agreement(answers, self.learned(record).agreement)

    def _first_hits(self, question: Question, scores: Scores, record: Record, hits: int) -> NDArray[np.intp]:
        # The likeness to an example hangs on the metric, which was another one then.
        told = scores if question.text else self.likeness(question.tile_id, record)
        return self.first_hits(self.refine(question, told, record).scores, hits)

    def _unit(self, learned: Learned) -> Vectors:
        if not learned.applied:
            return self.index.vectors("change")
        if self._embedded is None or self._embedded[0] is not learned:
            self._embedded = learned, learned.embed(self.index.vectors("change"))
        return self._embedded[1]

    def _belief(self, question: Question, odds: NDArray[np.float64], record: Record) -> Belief:
        judged = dict(record.judged.get(question, {}))
        example = self._example(question)
        if example is not None:
            judged[example] = True
        kinds = kinds_of(record.said("similar"))
        return believe(odds, record.answered_pairs_only(), judged, kinds)

    def _example(self, question: Question) -> int | None:
        return self.index.position(question.tile_id) if question.tile_id else None

    def _read(self, lines: Lines) -> Record:
        return read_record(lines, self.index.row_of)


def _known(belief: Belief) -> dict[int, float]:
    chance = 1 / (1 + np.exp(-belief.posterior))
    return dict(zip(belief.rows.tolist(), chance.tolist(), strict=True))


def _why(tiles: int, weight: float) -> str:
    if not tiles:
        return "there are no answers yet"
    if not weight:
        return "answered tiles count; the others stay, for the answers do not tell them better yet"
    return "left out one by one, answered tiles are told better by the others' answers"


def _check_verdict(kind: str, verdict: str) -> None:
    if verdict not in VERDICTS[kind]:
        raise FeedbackError(f"there is no answer {verdict}", f"Choose one of {', '.join(VERDICTS[kind])}")
