"""Puts furnishings into a land: who lies on top, and which trees and houses are left standing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.land import Furnishing, Houses, Land, Patch, Trees, no_houses, no_trees
from changeseek.core.scenes.settlement import house_footprints


def assemble(frame: Frame, furnishings: Sequence[Furnishing]) -> Land:
    """Draw all patches, later over earlier; trees and houses stand only where their own patches show."""
    patches: list[Patch] = [patch for piece in furnishings for patch in piece.patches]
    patch_ids = frame.rasterise([patch.outline for patch in patches], range(len(patches)))
    # The outlines meet without gaps, but a pixel centre may fall exactly between two of them.
    patch_ids = np.maximum(patch_ids, 0)
    trees, houses, first = [no_trees()], [no_houses()], 0
    for piece in furnishings:
        stop = first + len(piece.patches)
        own = _Ids(frame, patch_ids, first, stop)
        trees.append(piece.trees[own.under_trees(piece.trees)])
        houses.append(piece.houses[own.under_houses(piece.houses)])
        first = stop
    return Land(tuple(patches), patch_ids, np.concatenate(trees), np.concatenate(houses))


class _Ids:
    """Asks whether positions lie on the patches of an id range."""

    def __init__(self, frame: Frame, patch_ids: NDArray[np.int32], first: int, stop: int) -> None:
        self._frame, self._patch_ids, self._first, self._stop = frame, patch_ids, first, stop

    def under_trees(self, trees: Trees) -> NDArray[np.bool_]:
        inside = _in_frame(self._frame, trees["x"], trees["y"])
        ids = self._patch_ids[self._frame.pixels_of(trees["x"], trees["y"])]
        return inside & (ids >= self._first) & (ids < self._stop)

    def under_houses(self, houses: Houses) -> NDArray[np.bool_]:
        x, y = house_probes(houses)
        ids = self._patch_ids[self._frame.pixels_of(x, y)]
        inside = _in_frame(self._frame, houses["x"], houses["y"])
        return inside & ((ids >= self._first) & (ids < self._stop)).all(axis=1)


def _in_frame(frame: Frame, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (x > -6) & (y > -6) & (x < frame.metres_wide + 6) & (y < frame.metres_high + 6)


def house_probes(houses: Houses) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions x and y, each (B, 5) metres: the corners of every house and its middle."""
    corners = shapely.get_coordinates(house_footprints(houses)).reshape(len(houses), 5, 2)
    corners[:, 4] = np.stack([houses["x"], houses["y"]], axis=-1)
    return corners[..., 0], corners[..., 1]
