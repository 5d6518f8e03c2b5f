"""What answers about pairs amount to: what is asked, counted, learned, and what that does to a ranking.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .base import KIND

SIMILAR, DISSIMILAR, SKIPPED = VERDICTS = ("similar", "dissimilar", "skipped")
KEPT, REJECTED, WITHDRAWN = JUDGEMENTS = ("kept", "rejected", "withdrawn")
STRATEGIES = ("mgue+clustering", "bcgue+clustering", "mgue", "bcgue", "uniform")
DEFAULT_PAIRS = 10
# Nobody answers as many in one go, and what is drawn for them must fit into memory.
MOST_PAIRS = 1000
COMPARED_HITS = 50


@dataclass(frozen=True)
class ShownTile:
    """One tile of a pair; bounds are xmin, ymin, xmax, ymax in CRS units."""

    tile_id: str
    bounds: tuple[float, float, float, float]
    crs: str


@dataclass(frozen=True)
class Proposal:
    """Two tiles to compare: is the same kind of change seen in both?

    Attributes:
        first: Shown on the left; for a question the tile that stands for it.
        second: Shown on the right.
        probability: 0..1 that they are similar, as far as is known; 0.5 where nothing is.
        uncertainty: 0..1; 1 where either answer is as likely.
        why: Why this pair is asked, one short sentence for people.
    """

    first: ShownTile = field(metadata={KIND: ShownTile})
    second: ShownTile = field(metadata={KIND: ShownTile})
    probability: float
    uncertainty: float
    why: str


@dataclass(frozen=True)
class Conflict:
    """Answers that cannot all be right.

    Attributes:
        tile_ids: A chain of tiles, each similar to the next by some answer; its ends were called dissimilar.
        answers: Ids of the answers, those of the chain in its order, then the one that contradicts it.
        annotators: Who gave them, in the same order.
    """

    tile_ids: tuple[str, ...]
    answers: tuple[str, ...]
    annotators: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """What the log holds, after undoing.

    Attributes:
        similar: Pairs called similar; the last answer to a pair counts.
        dissimilar: Pairs called dissimilar.
        skipped: Pairs that were skipped.
        kept: Hits that were kept, of any question.
        rejected: Hits that were rejected.
        inferred_similar: Pairs that follow by transitivity from those, also similar.
        inferred_dissimilar: The same, dissimilar.
        annotators: Who answered.
        damaged_lines: Lines of the log, counted from 1, that cannot be read and are left out.
        revision: Lines of the log.
        conflicts: How many answers contradict others; of many, only the newest are told.
    """

    similar: int
    dissimilar: int
    skipped: int
    kept: int
    rejected: int
    inferred_similar: int
    inferred_dissimilar: int
    annotators: tuple[str, ...]
    damaged_lines: tuple[int, ...]
    revision: int
    conflicts: int = 0


@dataclass(frozen=True)
class ExpectedPrecision:
    """What a threshold on the score means.

    Attributes:
        score: The threshold.
        hits: Tiles that score as high or higher.
        expected: Share, 0..1, of right answers to expect among them.
        low: Lower end of the 95 % interval.
        high: Upper end.
        answers: Tiles among them of which an answer tells whether they are right.
    """

    score: float
    hits: int
    expected: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True)
class Refinement:
    """How answers took part in a ranking.

    Attributes:
        answers: Pairs, called similar or dissimilar, that the metric was learned from.
        weight: 0..1, of the learned metric in the score; 0 where the answers do not justify any.
        why: One short sentence for people: why this weight.
        precision: What thresholds mean, from the highest score down; empty where too little is known.
    """

    answers: int
    weight: float
    why: str
    precision: tuple[ExpectedPrecision, ...] = field(default=(), metadata={KIND: ExpectedPrecision})


@dataclass(frozen=True)
class RankingChange:
    """What answers did to the first hits of a question.

    Attributes:
        hits: How many first hits are compared.
        entered: Tiles that came among them, best first.
        left: Tiles that were among them.
        moved: How many of those that stayed have another rank.
        since: Revision of the log that is compared with.
    """

    hits: int
    entered: tuple[str, ...]
    left: tuple[str, ...]
    moved: int
    since: int


@dataclass(frozen=True)
class Advice:
    """Whether to go on.

    Attributes:
        stop: The gain has levelled off.
        why: One short sentence for people.
    """

    stop: bool
    why: str
