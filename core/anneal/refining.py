"""The ranking of one question with the answers that lie beside the index, for those who ask once.

Without answers nothing is imported that a plain question does not need.
"""

from __future__ import annotations

from changeseek.core.index.layout import feedback_path
from changeseek.core.index.query import SearchRequest
from changeseek.core.index.scoring import Scores
from changeseek.core.index.store import Index


def refined_scores(index: Index, request: SearchRequest, scores: Scores) -> Scores:
    """(N,) the scores of a text with people's answers in them, the same where there are none."""
    if not feedback_path(index.directory).exists():
        return scores

    from changeseek.core.anneal.question import Question
    from changeseek.core.anneal.session import FeedbackSession

    session = FeedbackSession(index)
    record = session.record()
    question = Question.asked(request.text, request.mode, request.without, "")
    return session.refine(question, scores, record).scores if record.said_anything else scores


def refined_likeness(index: Index, tile_id: str, scores: Scores) -> Scores:
    """The same for what is similar to a tile."""
    if not feedback_path(index.directory).exists():
        return scores

    from changeseek.core.anneal.question import Question
    from changeseek.core.anneal.session import FeedbackSession

    session = FeedbackSession(index)
    record = session.record()
    if not record.said_anything:
        return scores
    likeness = session.likeness(tile_id, record)
    return session.refine(Question(tile_id=tile_id), likeness, record).scores
