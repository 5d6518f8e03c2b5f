"""Hits: the tiles that answer a query, best first."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from changeseek.core.index.store import Index


@dataclass(frozen=True, slots=True)
class Hit:
    """One tile that answers a query.

    Attributes:
        rank: From 1, best first.
        tile_id: Such as `r012c034`.
        score: Higher is better; comparable within one query only.
        percentile: Share, 0..100, of the tiles looked at whose score is not higher.
        bounds: xmin, ymin, xmax, ymax in CRS units.
        crs: WKT or authority code.
    """

    rank: int
    tile_id: str
    score: float
    percentile: float
    bounds: tuple[float, float, float, float]
    crs: str

    def as_json(self) -> dict[str, Any]:
        """The hit with JSON values only."""
        return asdict(self) | {"bounds": list(self.bounds)}


def best_hits(index: Index, scores: NDArray[np.float32], k: int, *, among: int | None = None) -> list[Hit]:
    """The k tiles with the highest scores, ties in the order of the tiles.

    Args:
        index: Knows the tiles.
        scores: (N,) float32, one for each tile of the index; -inf takes a tile out of the ranking.
        k: Most hits to give.
        among: Tiles that the percentile counts, None for all N.
    """
    positions = top_positions(scores, min(k, int(np.isfinite(scores).sum())))
    counted = len(scores) if among is None else among
    best = scores[positions]
    higher = np.searchsorted(-best, -best)  # whatever is higher is a hit as well
    percentiles = 100.0 * (counted - higher) / counted
    crs = index.record.grid.crs
    # Lists at once: numbers taken singly from arrays would cost thousands of hits most of their time.
    columns = (positions.tolist(), best.tolist(), percentiles.tolist(), index.bounds[positions].tolist())
    return [
        Hit(rank, index.tile_ids[position], score, percentile, (xmin, ymin, xmax, ymax), crs)
        for rank, (position, score, percentile, (xmin, ymin, xmax, ymax)) in enumerate(
            zip(*columns, strict=True), start=1
        )
    ]


def top_positions(scores: NDArray[np.float32], k: int) -> NDArray[np.intp]:
    """Positions (k,) of the k highest scores, best first, ties in ascending position."""
    if k == 0:
        return np.empty(0, dtype=np.intp)
    least = np.partition(scores, -k)[-k]
    candidates = np.flatnonzero(scores >= least)
    order = np.argsort(-scores[candidates], kind="stable")
    return candidates[order][:k]
