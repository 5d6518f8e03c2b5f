"""A feedback session's results as messages, the same for the engine and the command line."""

from __future__ import annotations

from changeseek.core.anneal.proposing import ProposedPair
from changeseek.core.anneal.record import Clash, Record
from changeseek.core.anneal.session import Refined
from changeseek.core.engine.messages.refinement import (
    Conflict,
    Counts,
    ExpectedPrecision,
    Proposal,
    RankingChange,
    Refinement,
    ShownTile,
)
from changeseek.core.index.hits import top_positions
from changeseek.core.index.scoring import Scores
from changeseek.core.index.store import Index

_MOST_CONFLICTS = 20


def counts(record: Record) -> Counts:
    """What a log holds."""
    near, far = record.inferred()
    judged = [kept for of in record.judged.values() for kept in of.values()]
    return Counts(
        similar=len(record.said("similar")),
        dissimilar=len(record.said("dissimilar")),
        skipped=len(record.said("skipped")),
        kept=sum(judged),
        rejected=len(judged) - sum(judged),
        inferred_similar=near,
        inferred_dissimilar=far,
        annotators=record.annotators(),
        damaged_lines=record.lines.damaged,
        revision=record.lines.count,
        conflicts=len(record.clashes),
    )


def conflicts(index: Index, record: Record) -> tuple[Conflict, ...]:
    """The newest contradictions, the newest first."""
    return tuple(_conflict(index, clash) for clash in record.clashes[:_MOST_CONFLICTS])


def proposal(index: Index, pair: ProposedPair) -> Proposal:
    """A pair to show."""
    uncertainty = 1 - abs(2 * pair.probability - 1)
    first, second = _shown(index, pair.first), _shown(index, pair.second)
    return Proposal(first, second, pair.probability, uncertainty, pair.why)


def refinement(refined: Refined) -> Refinement:
    """How answers took part."""
    precision = tuple(
        ExpectedPrecision(one.score, one.hits, one.expected, one.low, one.high, one.answers)
        for one in refined.precision
    )
    return Refinement(refined.answers, refined.weight, refined.why, precision)


def ranking_change(index: Index, before: Scores, after: Scores, hits: int, since: int) -> RankingChange:
    """What moved among the first hits."""
    old, new = (top_positions(scores, min(hits, len(index))).tolist() for scores in (before, after))
    ranks = {row: rank for rank, row in enumerate(old)}
    return RankingChange(
        hits=len(new),
        entered=tuple(index.tile_ids[row] for row in new if row not in ranks),
        left=tuple(index.tile_ids[row] for row in old if row not in set(new)),
        moved=sum(ranks.get(row, rank) != rank for rank, row in enumerate(new)),
        since=since,
    )


def _conflict(index: Index, clash: Clash) -> Conflict:
    return Conflict(
        tuple(index.tile_ids[row] for row in clash.rows),
        tuple(entry.id for entry in clash.answers),
        tuple(entry.annotator for entry in clash.answers),
    )


def _shown(index: Index, row: int) -> ShownTile:
    return ShownTile(index.tile_ids[row], index.bounds_of(row), index.record.grid.crs)
