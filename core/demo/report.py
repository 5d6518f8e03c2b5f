"""The demo's figures as they are handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from changeseek.core.demo.caption_figures import CaptionFigures
from changeseek.core.demo.figures import RankingFigures
from changeseek.core.demo.queries import DemoQuery


@dataclass(frozen=True, slots=True)
class QueryReport:
    """One query's ranking of all tiles.

    Attributes:
        query: What was asked.
        tile_ids: All indexed tiles, best first.
        figures: How good that is.
        pixel_difference: How good the ranking by pixel difference is for the same query.
    """

    query: DemoQuery
    tile_ids: tuple[str, ...]
    figures: RankingFigures
    pixel_difference: RankingFigures

    def as_json(self) -> dict[str, Any]:
        """With JSON values only."""
        return {
            "text": self.query.text,
            "mode": self.query.mode,
            "floor": self.figures.floor,
            "precision_at_10": self.figures.precision_at_10,
            "ap": self.figures.ap,
            "tile_ids": list(self.tile_ids),
        }


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What a run of the demo found; `truth` is the file with each tile's events."""

    queries: tuple[QueryReport, ...]
    captions: CaptionFigures
    truth: Path

    @property
    def mean_precision_at_10(self) -> float:
        """Mean over the queries, 0..1."""
        return self._mean(lambda one: one.figures.precision_at_10)

    @property
    def mean_ap(self) -> float:
        """Mean average precision, 0..1."""
        return self._mean(lambda one: one.figures.ap)

    @property
    def mean_floor(self) -> float:
        """Mean share of right answers among all tiles, 0..1."""
        return self._mean(lambda one: one.figures.floor)

    @property
    def mean_ap_pixel_difference(self) -> float:
        """Mean average precision of pixel difference, 0..1."""
        return self._mean(lambda one: one.pixel_difference.ap)

    def as_json(self) -> dict[str, Any]:
        """With JSON values only."""
        return {
            "mean_precision_at_10": self.mean_precision_at_10,
            "mean_ap": self.mean_ap,
            "mean_floor": self.mean_floor,
            "mean_ap_pixel_difference": self.mean_ap_pixel_difference,
            "caption_top5": self.captions.top5,
            "caption_nothing": self.captions.nothing,
            "known_tiles": self.captions.known_tiles,
            "quiet_tiles": self.captions.quiet_tiles,
            "queries": [one.as_json() for one in self.queries],
            "truth": str(self.truth.resolve()),
        }

    def _mean(self, of: Callable[[QueryReport], float]) -> float:
        return float(np.mean([of(one) for one in self.queries]))
