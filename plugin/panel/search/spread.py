"""How many tiles lie above a score: exactly where the hits tell, else by the histogram of all tiles."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ....core.engine.messages import Histogram, HitsAnswer


@dataclass(frozen=True)
class Above:
    """Tiles whose score is not lower than a threshold.

    Attributes:
        tiles: Their number.
        exact: False where it was read from the histogram.
        share: Percent (0..100) of all tiles.
    """

    tiles: int
    exact: bool
    share: float


def listed_above(answer: HitsAnswer, least: float | None) -> int:
    """How many of the hits, which come best first, have at least the score `least`."""
    if least is None:
        return len(answer.hits)
    return bisect_right([-hit.score for hit in answer.hits], -least)


def all_listed(answer: HitsAnswer) -> Above:
    """The hits themselves."""
    return Above(len(answer.hits), True, 100.0 * len(answer.hits) / max(answer.tiles, 1))


def tiles_above(answer: HitsAnswer, least: float) -> Above:
    """How many of all tiles have at least the score `least`."""
    listed = listed_above(answer, least)
    everything_listed = len(answer.hits) >= answer.tiles
    exact = listed < len(answer.hits) or everything_listed or answer.histogram is None
    tiles = listed
    if not exact and answer.histogram is not None:
        tiles = min(max(listed, round(estimated_above(answer.histogram, least))), answer.tiles)
    return Above(tiles, exact, 100.0 * tiles / max(answer.tiles, 1))


def estimated_above(histogram: Histogram, least: float) -> float:
    """Tiles with at least the score `least`, taking the tiles of a bin as evenly spread over it."""
    bins = len(histogram.counts)
    width = (histogram.high - histogram.low) / bins if bins else 0.0
    if width <= 0.0:
        return float(sum(histogram.counts)) if least <= histogram.high else 0.0
    position = (least - histogram.low) / width
    whole_bins = min(max(int(position), 0), bins)
    above = float(sum(histogram.counts[whole_bins:]))
    if 0.0 < position < bins:
        above -= histogram.counts[whole_bins] * (position - whole_bins)
    return above
