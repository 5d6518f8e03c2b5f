"""Lets the sun shine: slopes towards it are brighter, and what stands casts its shadow."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import uniform_filter

from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.look import Look
from changeseek.core.scenes.noise import Plane

TALLEST_METRES = 22.0


def shade(heights: Plane, frame: Frame, look: Look) -> Plane:
    """(H, W) brightness relative to flat sunlit ground, from heights in metres."""
    slopes = _slopes(heights, frame, look)
    shadows = _shadows(heights, frame, look)
    shadows *= np.float32(look.shadow_depth)
    np.subtract(np.float32(1), shadows, out=shadows)
    slopes *= shadows
    return slopes


def _slopes(heights: Plane, frame: Frame, look: Look) -> Plane:
    """Lambert's law, tempered by the light of the sky."""
    east, south = np.sin(look.sun_azimuth), -np.cos(look.sun_azimuth)
    flatness = np.float32(1 / np.tan(look.sun_elevation))
    step = np.float32(frame.ground_sample_distance)
    slope_south = np.zeros_like(heights)
    slope_east = np.zeros_like(heights)
    slope_south[1:-1] = (heights[2:] - heights[:-2]) / (2 * step)
    slope_east[:, 1:-1] = (heights[:, 2:] - heights[:, :-2]) / (2 * step)
    np.clip(slope_south, -1.6, 1.6, out=slope_south)
    np.clip(slope_east, -1.6, 1.6, out=slope_east)
    towards = slope_east * np.float32(-east) + slope_south * np.float32(-south)
    steepness = np.sqrt(1 + slope_east**2 + slope_south**2)
    lit = (1 + towards * flatness) / steepness
    np.clip(lit, 0.0, 1.7, out=lit)
    lit *= np.float32(0.68)
    lit += np.float32(0.32)
    return np.asarray(lit, dtype=np.float32)


def _shadows(heights: Plane, frame: Frame, look: Look) -> Plane:
    """0 in the sun, 1 in full shadow."""
    east, south = np.sin(look.sun_azimuth), -np.cos(look.sun_azimuth)
    fall = np.tan(look.sun_elevation) * frame.ground_sample_distance
    ceiling = heights.copy()
    reach = 1
    # Doubling: after k rounds the ceiling knows all that stands within 2**k pixels towards the sun.
    while reach * fall < 2 * TALLEST_METRES:
        rows, cols = round(reach * south), round(reach * east)
        _raise_to(ceiling, rows, cols, np.float32(np.hypot(rows, cols) * fall))
        reach *= 2
    ceiling -= heights
    ceiling -= np.float32(0.25)
    np.clip(ceiling, 0, 1, out=ceiling)
    return np.asarray(uniform_filter(ceiling, 3), dtype=np.float32)


def _raise_to(ceiling: Plane, rows: int, cols: int, drop: np.float32) -> None:
    """ceiling[p] = max(ceiling[p], ceiling[p + (rows, cols)] - drop), where both lie in the picture."""
    height, width = ceiling.shape
    if abs(rows) >= height or abs(cols) >= width:
        return
    here = slice(max(0, -rows), height - max(0, rows)), slice(max(0, -cols), width - max(0, cols))
    there = slice(max(0, rows), height - max(0, -rows)), slice(max(0, cols), width - max(0, -cols))
    ceiling[here] = np.maximum(ceiling[here], ceiling[there] - drop)
