"""Scores and shares as people read them, in the language of QGIS."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale

from ...translation import tr


def decimal(number: float, digits: int) -> str:
    """With that many digits after the point."""
    return str(QLocale().toString(float(number), "f", digits))


def score_in_words(score: float) -> str:
    """As the command line prints it; scores compare within one query only."""
    return decimal(score, 3)


def percent(share: float) -> str:
    """A share in percent (0..100) with the digits that it deserves, such as `0.4 %`, `12 %`, `0.02 %`."""
    if share >= 10.0:
        return f"{decimal(share, 0)} %"
    if share >= 0.095:
        return f"{decimal(share, 1)} %"
    return f"{decimal(share, 2)} %"


def top_in_words(share: float) -> str:
    """Such as `top 0.4 %`.

    Args:
        share: Percent (0..100) of all tiles that are as good or better.
    """
    return tr("top {}").format(percent(max(share, 0.01)))


def top_share(percentile: float, tiles: int) -> float:
    """Percent (0..100] of all tiles that are as good as a hit or better, the hit itself among them.

    Args:
        percentile: Of the hit: percent of tiles whose score is not higher.
        tiles: Tiles that were compared, at least 1.
    """
    return min(100.0, 100.0 - percentile + 100.0 / max(tiles, 1))


def seconds_in_words(seconds: float) -> str:
    """Such as `0.12 s` or `14 s`."""
    return f"{decimal(seconds, 2 if seconds < 1 else 1 if seconds < 10 else 0)} s"
