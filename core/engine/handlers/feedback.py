"""Answers about pairs of tiles, and what they do to a ranking; the command line calls the same functions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from changeseek.core.engine.job import Job
from changeseek.core.engine.messages.feedback import (
    ExportedAnswers,
    FeedbackAnswer,
    FeedbackExport,
    FeedbackImport,
    FeedbackJudge,
    FeedbackPropose,
    FeedbackStatus,
    FeedbackStatusAnswer,
    FeedbackUndo,
    ImportedAnswers,
    LoggedAnswer,
    ProposalsAnswer,
    UndoneAnswer,
)
from changeseek.core.engine.messages.refinement import MOST_PAIRS, Advice, RankingChange, Refinement
from changeseek.core.engine.opened import Opened

if TYPE_CHECKING:
    from changeseek.core.anneal.entries import Entry
    from changeseek.core.anneal.question import Question
    from changeseek.core.anneal.record import Record
    from changeseek.core.anneal.session import FeedbackSession
    from changeseek.core.index.query import Mode
    from changeseek.core.index.scoring import Scores
    from changeseek.core.index.store import Index


def propose(request: FeedbackPropose, opened: Opened, job: Job | None = None) -> ProposalsAnswer:
    """Pairs to ask about.

    Raises:
        FeedbackError: More pairs are asked for than anybody answers, or the seed is below 0.
    """
    from changeseek.core.engine.refined import counts, proposal
    from changeseek.core.errors import FeedbackError

    if request.count > MOST_PAIRS:
        raise FeedbackError(f"{request.count} pairs were asked for", f"Ask for at most {MOST_PAIRS}")
    if request.seed < 0:
        raise FeedbackError(f"nothing can be drawn by the seed {request.seed}", "Give 0 or more")
    index = opened.index(request.index)
    session, question = opened.feedback(index), _question(request)
    record = session.record()
    scores = _scores(opened, index, session, question, record)
    pairs = session.propose(request.count, request.strategy, question, scores, request.seed)
    return ProposalsAnswer(counts(record), tuple(proposal(index, pair) for pair in pairs))


def answer(request: FeedbackAnswer, opened: Opened, job: Job | None = None) -> LoggedAnswer:
    """Write what was said of a pair."""
    index = opened.index(request.index)
    session = opened.feedback(index)
    return _logged(session, session.answer(request.first, request.second, request.verdict, request.annotator))


def judge(request: FeedbackJudge, opened: Opened, job: Job | None = None) -> LoggedAnswer:
    """Write that a hit was kept or rejected.

    Raises:
        QueryError: The question is none that can be asked.
    """
    from changeseek.core.index.query import SearchRequest, parse_request

    question = _question(request)
    if question.text:
        # No search would ever ask what cannot be asked.
        parse_request(SearchRequest(question.text, cast("Mode", question.mode), without=question.without))
    index = opened.index(request.index)
    session = opened.feedback(index)
    entry = session.judge(question, request.judged, request.verdict, request.annotator)
    return _logged(session, entry)


def undo(request: FeedbackUndo, opened: Opened, job: Job | None = None) -> UndoneAnswer:
    """Take back an annotator's last answer."""
    from changeseek.core.engine.refined import counts

    session = opened.feedback(opened.index(request.index))
    entry = session.undo(request.annotator)
    record = session.record()
    if entry is None:
        return UndoneAnswer("", (), "", counts(record))
    asked = entry.question
    left = record.verdict(asked, session.index.row_of(entry.tiles[0])) if asked else ""
    question = (asked.text, asked.mode, asked.without, asked.tile_id)
    return UndoneAnswer(entry.id, entry.tiles, entry.verdict, counts(record), *question, left)


def status(request: FeedbackStatus, opened: Opened, job: Job | None = None) -> FeedbackStatusAnswer:
    """How far it is."""
    from changeseek.core.engine.refined import conflicts, counts

    index = opened.index(request.index)
    session, question = opened.feedback(index), _question(request)
    record = session.record()
    refinement, change, scores = None, None, None
    if question:
        scores = _scores(opened, index, session, question, record)
        refinement, change = _effect(opened, index, request, record, scores)
    advice = session.advice(question, scores, request.hits)
    return FeedbackStatusAnswer(
        counts(record),
        Advice(advice.stop, advice.why),
        session.learned(record).agreement,
        refinement,
        change,
        conflicts(index, record),
    )


def export(request: FeedbackExport, opened: Opened, job: Job | None = None) -> ExportedAnswers:
    """Write the log to a file."""
    from changeseek.core.anneal.exchange import export_answers

    path = Path(request.output).absolute()
    return ExportedAnswers(str(path), export_answers(opened.feedback(opened.index(request.index)), path))


def import_(request: FeedbackImport, opened: Opened, job: Job | None = None) -> ImportedAnswers:
    """Merge another log into this one."""
    from changeseek.core.anneal.exchange import import_answers
    from changeseek.core.engine.refined import conflicts, counts

    index = opened.index(request.index)
    session = opened.feedback(index)
    merged = import_answers(session, Path(request.file).absolute())
    record = session.record()
    return ImportedAnswers(
        merged.added,
        merged.known,
        merged.damaged,
        merged.unknown_tiles,
        counts(record),
        conflicts(index, record),
    )


def refine(
    session: FeedbackSession, question: Question, scores: Scores, record: Record
) -> tuple[Scores, Refinement | None]:
    """The scores to rank by, and how answers took part; as they are where there are no answers."""
    from changeseek.core.engine.refined import refinement

    if not record.said_anything:
        return scores, None
    refined = session.refine(question, scores, record)
    return refined.scores, refinement(refined)


def _effect(
    opened: Opened, index: Index, request: FeedbackStatus, record: Record, scores: Scores | None
) -> tuple[Refinement | None, RankingChange | None]:
    """How the answers take part in the ranking of a question, and what they changed since a revision."""
    from changeseek.core.engine.refined import ranking_change
    from changeseek.core.errors import QueryError

    if scores is None:
        return None, None
    if request.hits < 1:
        raise QueryError(f"{request.hits} hits were to be compared", "Compare at least one")
    session, question = opened.feedback(index), _question(request)
    earlier = session.record(max(0, request.since))
    plain = scores if question.text else _scores(opened, index, session, question, earlier)
    before = scores if plain is None else refine(session, question, plain, earlier)[0]
    after, told = refine(session, question, scores, record)
    return told, ranking_change(index, before, after, request.hits, earlier.lines.count)


def _scores(
    opened: Opened, index: Index, session: FeedbackSession, question: Question, record: Record
) -> Scores | None:
    """Of all tiles for a question, before tiles that people looked at are moved; None without a question."""
    from changeseek.core.index.query import SearchRequest
    from changeseek.core.index.search import score_tiles
    from changeseek.core.model.threads import use_one_core

    if question.text:
        use_one_core()
        asked = SearchRequest(question.text, cast("Mode", question.mode), without=question.without)
        return score_tiles(index, opened.text_model(index), asked)
    return session.likeness(question.tile_id, record) if question.tile_id else None


def _question(request: FeedbackPropose | FeedbackJudge | FeedbackStatus) -> Question:
    from changeseek.core.anneal.question import Question

    return Question.asked(request.text, request.mode, request.without, request.tile_id)


def _logged(session: FeedbackSession, entry: Entry) -> LoggedAnswer:
    from changeseek.core.engine.refined import conflicts, counts

    record = session.record()
    return LoggedAnswer(entry.id, counts(record), conflicts(session.index, record))
