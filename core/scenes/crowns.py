"""Stamps tree crowns: one height profile a kind and size, pressed in wherever such a tree stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.land import Trees
from changeseek.core.scenes.noise import Plane
from changeseek.core.scenes.textures import CrownProfile, TextureBook

VARIANTS = 3
ID_BITS = 24
CHUNK = 400_000
# How deep and how many the bulges of a crown's outline are.
RIMS: Mapping[CrownProfile, tuple[float, int]] = {
    "dome": (0.09, 5),
    "cone": (0.05, 7),
    "lobed": (0.17, 4),
    "flat-topped": (0.07, 6),
}


class Canopy(NamedTuple):
    """What is seen of the trees: (P,) flat pixel, tree and height above ground in metres."""

    pixels: NDArray[np.int64]
    trees: NDArray[np.int64]
    heights: Plane


def stamp_canopy(frame: Frame, trees: Trees, book: TextureBook) -> Canopy:
    """The highest crown over every pixel that any crown covers."""
    # Height and tree share one number, so that one maximum settles both who is on top and how high.
    top = np.zeros(frame.height * frame.width, dtype=np.int64)
    radius = np.maximum(trees["radius"] / frame.ground_sample_distance, 0.8)
    sizes = np.round(radius * 2).astype(np.int64)
    kinds = trees["crown"] % len(book.crowns)
    variants = np.arange(len(trees)) % VARIANTS
    groups = (kinds.astype(np.int64) * 4096 + sizes) * VARIANTS + variants
    order = np.argsort(groups, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        if len(members):
            first = members[0]
            stamp = _stamp(book.crowns[int(kinds[first])].profile, sizes[first] / 2, int(variants[first]))
            _press(top, frame, trees, members, stamp)
    pixels = np.flatnonzero(top)
    found = top[pixels]
    heights = np.asarray((found >> ID_BITS) / 1000, dtype=np.float32)
    return Canopy(pixels, found & ((1 << ID_BITS) - 1), heights)


class _Stamp(NamedTuple):
    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    profile: Plane


def _stamp(profile: CrownProfile, radius: float, variant: int) -> _Stamp:
    reach = int(np.ceil(radius * 1.3))
    rows, cols = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    turn = np.arctan2(rows, cols)
    distance = np.hypot(rows, cols) / (radius * _rim(profile, turn, variant))
    inside = distance < 1
    height = _profile(profile, distance[inside], turn[inside], variant)
    return _Stamp(rows[inside], cols[inside], height.astype(np.float32))


def _rim(profile: CrownProfile, turn: NDArray[np.float64], variant: int) -> NDArray[np.float64]:
    size, waves = RIMS[profile]
    return np.asarray(1 + size * np.sin(waves * turn + 2.1 * variant) + size / 2 * np.sin(3 * turn + variant))


def _profile(
    profile: CrownProfile, distance: NDArray[np.float64], turn: NDArray[np.float64], variant: int
) -> NDArray[np.float64]:
    """Height, 0..1, over the distance from the trunk, 0..1."""
    match profile:
        case "dome":
            return np.sqrt(1 - distance**2)
        case "cone":
            return 1 - distance**1.15
        case "lobed":
            lobes = 1 + 0.16 * np.sin(4 * turn + 2.1 * variant) * distance
            return np.sqrt(1 - distance**2) * lobes
        case "flat-topped":
            return np.minimum(1.0, 1.7 * (1 - distance**1.6))


def _press(
    top: NDArray[np.int64], frame: Frame, trees: Trees, members: NDArray[np.intp], stamp: _Stamp
) -> None:
    per_chunk = max(1, CHUNK // len(stamp.rows))
    for start in range(0, len(members), per_chunk):
        chosen = members[start : start + per_chunk]
        step = frame.ground_sample_distance
        rows = np.floor(trees["y"][chosen] / step).astype(np.int64)[:, None] + stamp.rows
        cols = np.floor(trees["x"][chosen] / step).astype(np.int64)[:, None] + stamp.cols
        seen = (rows >= 0) & (cols >= 0) & (rows < frame.height) & (cols < frame.width)
        # The crown is the upper part of the tree: a dome as high as it is wide, on a trunk.
        tree_height = trees["height"][chosen][:, None]
        crown_depth = np.minimum(trees["radius"][chosen][:, None] * 1.1, tree_height * 0.8)
        heights = tree_height - crown_depth * (1 - stamp.profile)
        keys = ((heights * 1000).astype(np.int64) << ID_BITS) | chosen[:, None]
        np.maximum.at(top, (rows * frame.width + cols)[seen], keys[seen])
