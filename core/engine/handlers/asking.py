"""Answers from an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from changeseek.core.engine.handlers.feedback import refine
from changeseek.core.engine.job import Job
from changeseek.core.engine.messages.asking import (
    Caption,
    Captions,
    CaptionsAnswer,
    Histogram,
    Hit,
    HitsAnswer,
    Search,
    Similar,
    TileCaptions,
)
from changeseek.core.engine.opened import Opened
from changeseek.core.errors import QueryError

if TYPE_CHECKING:
    from changeseek.core.captions.ranking import RankedCaption
    from changeseek.core.index import hits
    from changeseek.core.index.query import Mode
    from changeseek.core.index.scoring import Scores

MOST_BINS = 1000


def search(request: Search, opened: Opened, job: Job) -> HitsAnswer:
    """The tiles where something happened."""
    from changeseek.core.anneal.question import Question
    from changeseek.core.index.hits import best_hits
    from changeseek.core.index.layout import feedback_path
    from changeseek.core.index.query import SearchRequest, parse_request
    from changeseek.core.index.search import score_tiles
    from changeseek.core.model.threads import use_one_core

    use_one_core()
    asked = SearchRequest(request.text.strip(), cast("Mode", request.mode), request.k, request.without)
    parse_request(asked)
    index = opened.index(request.index)
    scores = score_tiles(index, opened.text_model(index), asked)
    refinement = None
    if request.refined and feedback_path(index.directory).exists():
        session = opened.feedback(index)
        question = Question.asked(request.text, request.mode, request.without, "")
        scores, refinement = refine(session, question, scores, session.record())
    opened.prepare(index)
    return HitsAnswer(
        query=asked.text,
        tiles=len(index),
        hits=_told(best_hits(index, scores, asked.k)),
        histogram=histogram(scores, request.bins),
        notes=opened.notes(index),
        refinement=refinement,
    )


def similar(request: Similar, opened: Opened, job: Job) -> HitsAnswer:
    """The tiles that changed as one tile did."""
    from changeseek.core.anneal.question import Question
    from changeseek.core.index.layout import feedback_path
    from changeseek.core.index.search import rank_likeness, score_likeness

    index = opened.index(request.index)
    scores, refinement = score_likeness(index, request.tile_id), None
    if request.refined and feedback_path(index.directory).exists():
        session = opened.feedback(index)
        record = session.record()
        if record.said_anything:
            scores = session.likeness(request.tile_id, record)
        scores, refinement = refine(session, Question(tile_id=request.tile_id), scores, record)
    opened.prepare(index)
    return HitsAnswer(
        query=request.tile_id,
        tiles=len(index) - 1,
        hits=_told(rank_likeness(index, scores, request.k)),
        histogram=histogram(scores, request.bins),
        notes=opened.notes(index),
        refinement=refinement,
    )


def caption(request: Captions, opened: Opened, job: Job) -> CaptionsAnswer:
    """What happened on some tiles, in ranked sentences."""
    from changeseek.core.captions.ranking import rank_captions
    from changeseek.core.model.threads import use_one_core

    use_one_core()
    index = opened.index(request.index)
    positions = [index.position(tile_id) for tile_id in request.tile_ids]
    bank = opened.bank(Path(request.bank).absolute() if request.bank else None, index)
    job.check()
    change = index.vectors("change")
    model = opened.text_model(index)
    ranked = rank_captions(change[positions], bank, model, request.k, fallback_changes=change)
    told = zip(request.tile_ids, map(_captions, ranked), strict=True)
    return CaptionsAnswer(tuple(TileCaptions(tile_id, captions) for tile_id, captions in told))


def histogram(scores: Scores, bins: int) -> Histogram | None:
    """How many tiles score how high, those that were left out aside; None where no bins are wanted.

    Raises:
        QueryError: More bins are wanted than anybody can see.
    """
    if bins > MOST_BINS:
        raise QueryError(f"a histogram cannot have {bins} bins", f"Ask for at most {MOST_BINS}")
    finite = scores[np.isfinite(scores)]
    if bins < 1 or not len(finite):
        return None
    counts, edges = np.histogram(finite, bins)
    return Histogram(tuple(counts.tolist()), float(edges[0]), float(edges[-1]))


def _told(found: list[hits.Hit]) -> tuple[Hit, ...]:
    return tuple(Hit(hit.rank, hit.tile_id, hit.score, hit.percentile, hit.bounds, hit.crs) for hit in found)


def _captions(ranked: list[RankedCaption]) -> tuple[Caption, ...]:
    return tuple(Caption(one.rank, one.caption, one.score) for one in ranked)
