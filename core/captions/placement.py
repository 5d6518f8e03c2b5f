"""How much of a tile changed and where in it, as far as words can say it whichever way the tile is turned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

# As far as training zooms into a tile: what is said must hold of the whole tile and of its middle alone.
_CLOSEST_VIEW = 0.6
_FROM_THE_MIDDLE_TO_A_SIDE = 0.5
_NEARLY_ALL = 0.9


class Claim(StrEnum):
    """What a caption may say about extent or position: of the tile, but with IT of what was there before."""

    SMALL = "small"
    PART = "part"
    PART_OF_IT = "part of it"
    HALF = "half"
    MOST = "most"
    MOST_OF_IT = "most of it"
    ALL = "all"
    MIDDLE = "middle"
    EDGE = "edge"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Placement:
    """Extent and position of a change within its tile.

    Attributes:
        share: Share of the tile that changed, 0..1.
        inner_share: The same of the middle of the tile, 0.6 of its side.
        zones: Those of MIDDLE, EDGE and SIDE that are true; they outlive quarter turns and mirroring.
        whole: Whether all went of what was there before, so that "part of it" would be false.
        fresh: Whether nothing was there before of what came.
    """

    share: float
    inner_share: float
    zones: frozenset[Claim] = frozenset()
    whole: bool = False
    fresh: bool = True

    def reversed(self) -> Placement:
        """The same with the dates swapped: what came wholly anew goes wholly."""
        return replace(self, whole=self.fresh, fresh=self.whole)

    @property
    def claims(self) -> frozenset[Claim]:
        """All that is true of the change."""
        least, most = sorted((self.share, self.inner_share))
        extents = {
            Claim.SMALL: most <= 0.25,
            Claim.PART: most <= 0.6,
            Claim.PART_OF_IT: most <= 0.6 and not self.whole,
            Claim.HALF: least >= 0.38 and most <= 0.62,
            Claim.MOST: least >= 0.6,
            Claim.MOST_OF_IT: least >= 0.6 and not self.whole,
            Claim.ALL: least >= 0.93,
        }
        return self.zones | {claim for claim, true in extents.items() if true}


def placement_of(
    changed: NDArray[np.floating] | NDArray[np.bool_], *, whole: bool = False, fresh: bool = True
) -> Placement:
    """Extent and position of a change.

    Args:
        changed: (P, P), 0..1 or bool, how much of each pixel changed.
        whole: Whether all went of what was there before.
        fresh: Whether nothing was there before of what came.
    """
    mask = np.asarray(changed, np.float32)
    size = mask.shape[0]
    margin = round(size * (1 - _CLOSEST_VIEW) / 2)
    inner = mask[margin : size - margin, margin : size - margin]
    share, inner_share = float(mask.mean()), float(inner.mean())
    seen_at_all = share > 0 and inner_share >= 0.01
    return Placement(share, inner_share, _zones(mask) if seen_at_all else frozenset(), whole, fresh)


def _zones(mask: NDArray[np.float32]) -> frozenset[Claim]:
    mass, size = float(mask.sum()), mask.shape[0]
    place = np.abs((np.arange(size) + 0.5) / size * 2 - 1)
    from_middle = np.maximum(place[:, None], place[None, :])
    central = float(mask[from_middle < _FROM_THE_MIDDLE_TO_A_SIDE].sum()) / mass
    by_row, by_column = mask.sum(1), mask.sum(0)
    middle = size // 2
    halves = [half for line in (by_row, by_column) for half in (line[:middle].sum(), line[-middle:].sum())]
    one_sided = float(max(halves)) / mass
    true = {
        Claim.MIDDLE: central >= _NEARLY_ALL and one_sided < 0.8,
        Claim.EDGE: central <= 1 - _NEARLY_ALL,
        Claim.SIDE: one_sided >= _NEARLY_ALL,
    }
    return frozenset(claim for claim, holds in true.items() if holds)
