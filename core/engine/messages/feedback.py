"""Relevance feedback: pairs of tiles to look at, what people say of them, and what that does to a ranking.

A question may be named in most requests: a text with its mode and what it is without, or an example tile;
empty is none. `revision` counts the lines of the log, so that an earlier ranking can be compared with.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from .base import KIND, Request
from .refinement import (
    COMPARED_HITS,
    DEFAULT_PAIRS,
    STRATEGIES,
    Advice,
    Conflict,
    Counts,
    Proposal,
    RankingChange,
    Refinement,
)


@dataclass(frozen=True)
class ProposalsAnswer:
    """Pairs to answer, the most telling first; fewer than asked for where there are no more."""

    counts: Counts = field(metadata={KIND: Counts})
    proposals: tuple[Proposal, ...] = field(default=(), metadata={KIND: Proposal})


@dataclass(frozen=True)
class FeedbackPropose(Request[ProposalsAnswer]):
    """`changeseek feedback DIR propose`.

    Attributes:
        index: An index folder.
        count: Most pairs to give.
        strategy: One of STRATEGIES.
        text: Refine this question: pairs are drawn from its candidates.
        mode: Of the text.
        without: Of the text.
        tile_id: Refine what is similar to this tile, where there is no text.
        seed: Of what is drawn by chance.
    """

    index: str
    count: int = DEFAULT_PAIRS
    strategy: str = STRATEGIES[0]
    text: str = ""
    mode: str = "change"
    without: str = ""
    tile_id: str = ""
    seed: int = 0

    method: ClassVar[str] = "feedback.propose"
    answer: ClassVar[type] = ProposalsAnswer


@dataclass(frozen=True)
class LoggedAnswer:
    """What was written, on the disk by now.

    Attributes:
        id: Of the answer, unique among all logs.
        counts: Of the log with it.
        conflicts: Those of the log, the newest first.
    """

    id: str
    counts: Counts = field(metadata={KIND: Counts})
    conflicts: tuple[Conflict, ...] = field(default=(), metadata={KIND: Conflict})


@dataclass(frozen=True)
class FeedbackAnswer(Request[LoggedAnswer]):
    """`changeseek feedback DIR answer`: quick, nothing is trained.

    Attributes:
        index: An index folder.
        first: Tile id.
        second: Tile id.
        verdict: One of VERDICTS.
        annotator: Who says so; empty takes the name under which the engine runs.
    """

    index: str
    first: str
    second: str
    verdict: str
    annotator: str = ""

    method: ClassVar[str] = "feedback.answer"
    answer: ClassVar[type] = LoggedAnswer


@dataclass(frozen=True)
class FeedbackJudge(Request[LoggedAnswer]):
    """A hit of a question was kept or rejected: it goes into the same log.

    Kept hits of a question are similar to each other, and dissimilar to those that were rejected.

    Attributes:
        index: An index folder.
        judged: Id of the tile that was kept or rejected.
        verdict: One of JUDGEMENTS.
        text: The question; or
        mode: Of the text.
        without: Of the text.
        tile_id: The example tile that was asked for.
        annotator: As in FeedbackAnswer.
    """

    index: str
    judged: str
    verdict: str
    text: str = ""
    mode: str = "change"
    without: str = ""
    tile_id: str = ""
    annotator: str = ""

    method: ClassVar[str] = "feedback.judge"
    answer: ClassVar[type] = LoggedAnswer


@dataclass(frozen=True)
class UndoneAnswer:
    """What was taken back.

    Attributes:
        id: Of the answer that counts no more; empty where there was none.
        tile_ids: Of its pair, or the one tile that was judged.
        verdict: What it said.
        counts: Of the log without it.
        text: The question that a judged hit answered; or
        mode: Of the text.
        without: Of the text.
        tile_id: The example tile.
        left: What counts of a judged hit now: kept, rejected, or empty.
    """

    id: str
    tile_ids: tuple[str, ...]
    verdict: str
    counts: Counts = field(metadata={KIND: Counts})
    text: str = ""
    mode: str = "change"
    without: str = ""
    tile_id: str = ""
    left: str = ""


@dataclass(frozen=True)
class FeedbackUndo(Request[UndoneAnswer]):
    """`changeseek feedback DIR undo`: takes back the annotator's last answer; again for the one before.

    Attributes:
        index: An index folder.
        annotator: As in FeedbackAnswer.
    """

    index: str
    annotator: str = ""

    method: ClassVar[str] = "feedback.undo"
    answer: ClassVar[type] = UndoneAnswer


@dataclass(frozen=True)
class FeedbackStatusAnswer:
    """How far it is; what belongs to a question is None where none was named.

    Attributes:
        counts: What the log holds.
        agreement: Share, 0..1, of answers that the metric gets right without having seen them; None while
            there are too few.
        refinement: How the answers take part in the question's ranking.
        change: What they did to it.
        advice: Whether to go on.
        conflicts: The newest first.
    """

    counts: Counts = field(metadata={KIND: Counts})
    advice: Advice = field(metadata={KIND: Advice})
    agreement: float | None = None
    refinement: Refinement | None = field(default=None, metadata={KIND: Refinement})
    change: RankingChange | None = field(default=None, metadata={KIND: RankingChange})
    conflicts: tuple[Conflict, ...] = field(default=(), metadata={KIND: Conflict})


@dataclass(frozen=True)
class FeedbackStatus(Request[FeedbackStatusAnswer]):
    """`changeseek feedback DIR status`; trains where the log has changed.

    Attributes:
        index: An index folder.
        text: The question; or
        mode: Of the text.
        without: Of the text.
        tile_id: The example tile.
        since: Revision to compare the ranking with; 0 is before all answers.
        hits: How many first hits are compared.
    """

    index: str
    text: str = ""
    mode: str = "change"
    without: str = ""
    tile_id: str = ""
    since: int = 0
    hits: int = COMPARED_HITS

    method: ClassVar[str] = "feedback.status"
    answer: ClassVar[type] = FeedbackStatusAnswer


@dataclass(frozen=True)
class ExportedAnswers:
    """The log was written to a file.

    Attributes:
        path: The file.
        lines: Answers and undoings in it.
    """

    path: str
    lines: int


@dataclass(frozen=True)
class FeedbackExport(Request[ExportedAnswers]):
    """`changeseek feedback DIR export`: JSON lines for another copy of the same index; a file is replaced."""

    index: str
    output: str

    method: ClassVar[str] = "feedback.export"
    answer: ClassVar[type] = ExportedAnswers


@dataclass(frozen=True)
class ImportedAnswers:
    """Another log was merged into this one; bringing it again adds nothing.

    Attributes:
        added: Answers and undoings that were new.
        known: Those that were here already.
        damaged_lines: Lines of the file, counted from 1, that cannot be read and are left out.
        unknown_tiles: Answers left out because this index holds no such tile.
        counts: Of the log by now.
        conflicts: Those of the log, the newest first.
    """

    added: int
    known: int
    damaged_lines: tuple[int, ...]
    unknown_tiles: int
    counts: Counts = field(metadata={KIND: Counts})
    conflicts: tuple[Conflict, ...] = field(default=(), metadata={KIND: Conflict})


@dataclass(frozen=True)
class FeedbackImport(Request[ImportedAnswers]):
    """`changeseek feedback DIR import`: of a file that `export` wrote."""

    index: str
    file: str

    method: ClassVar[str] = "feedback.import"
    answer: ClassVar[type] = ImportedAnswers
