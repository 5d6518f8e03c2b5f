"""Questions to an index: hits for a text or a tile, captions. Defaults are the command line's.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from .base import KIND, Request
from .refinement import Refinement

MODES = ("change", "after", "before")
DEFAULT_HITS = 20
DEFAULT_CAPTIONS = 5


@dataclass(frozen=True)
class Hit:
    """A tile that answers a query; see `changeseek.core.index.hits`."""

    rank: int
    tile_id: str
    score: float
    percentile: float
    bounds: tuple[float, float, float, float]
    crs: str


@dataclass(frozen=True)
class Histogram:
    """How the scores of all tiles are spread.

    Attributes:
        counts: (B,) tiles in each bin, from the lowest scores up.
        low: Lower edge of the first bin.
        high: Upper edge of the last bin; all bins are equally wide.
    """

    counts: tuple[int, ...]
    low: float
    high: float


@dataclass(frozen=True)
class HitsAnswer:
    """Hits, best first.

    Attributes:
        query: The text, or the tile id, that they answer.
        tiles: Tiles that were compared.
        hits: At most k.
        histogram: Of all tiles' scores, None where no bins were asked for.
        notes: What the user should know, such as that a raster has changed since.
        refinement: How people's answers took part; None where there are none, or none were wanted.
    """

    query: str
    tiles: int
    hits: tuple[Hit, ...] = field(default=(), metadata={KIND: Hit})
    histogram: Histogram | None = field(default=None, metadata={KIND: Histogram})
    notes: tuple[str, ...] = ()
    refinement: Refinement | None = field(default=None, metadata={KIND: Refinement})


@dataclass(frozen=True)
class Search(Request[HitsAnswer]):
    """`changeseek search`.

    Attributes:
        index: An index folder.
        text: What happened; `A -> B` is a transition.
        mode: change, after or before.
        k: Most hits to give.
        without: What the hits should not be.
        bins: Bins of the histogram; 0 for none.
        refined: Let people's answers take part, with the weight that they justify.
    """

    index: str
    text: str
    mode: str = "change"
    k: int = DEFAULT_HITS
    without: str = ""
    bins: int = 0
    refined: bool = True

    method: ClassVar[str] = "search"
    answer: ClassVar[type] = HitsAnswer


@dataclass(frozen=True)
class Similar(Request[HitsAnswer]):
    """`changeseek similar`."""

    index: str
    tile_id: str
    k: int = DEFAULT_HITS
    bins: int = 0
    refined: bool = True

    method: ClassVar[str] = "similar"
    answer: ClassVar[type] = HitsAnswer


@dataclass(frozen=True)
class Caption:
    """A sentence about a tile; scores compare within one tile only."""

    rank: int
    caption: str
    score: float


@dataclass(frozen=True)
class TileCaptions:
    """The captions of one tile, best first."""

    tile_id: str
    captions: tuple[Caption, ...] = field(default=(), metadata={KIND: Caption})


@dataclass(frozen=True)
class CaptionsAnswer:
    """The captions of several tiles, in the order in which they were asked for."""

    tiles: tuple[TileCaptions, ...] = field(default=(), metadata={KIND: TileCaptions})


@dataclass(frozen=True)
class Captions(Request[CaptionsAnswer]):
    """`changeseek caption`, for several tiles at once.

    Attributes:
        index: An index folder.
        tile_ids: Of tiles of the index.
        k: Captions a tile.
        bank: A file of sentences; empty for those that ship.
    """

    index: str
    tile_ids: tuple[str, ...]
    k: int = DEFAULT_CAPTIONS
    bank: str = ""

    method: ClassVar[str] = "caption"
    answer: ClassVar[type] = CaptionsAnswer
