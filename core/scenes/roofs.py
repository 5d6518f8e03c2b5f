"""Raises roofs: which house lies over a pixel, how high its roof is there and of what colour."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.land import Houses
from changeseek.core.scenes.noise import Plane
from changeseek.core.scenes.settlement import house_footprints
from changeseek.core.scenes.textures import RoofShape, TextureBook

PITCH = 0.62
FLAT = -1


class RoofScape(NamedTuple):
    """What is seen of the houses: (P,) flat pixel, height in metres and (P, 3) colour 0..1."""

    pixels: NDArray[np.int64]
    heights: Plane
    colours: NDArray[np.float32]


def raise_roofs(rng: np.random.Generator, frame: Frame, houses: Houses, book: TextureBook) -> RoofScape:
    """All roofs; `rng` gives the wear, the same at every date."""
    owners = frame.rasterise(list(house_footprints(houses)), range(len(houses))).ravel()
    pixels = np.flatnonzero(owners >= 0)
    owner = owners[pixels]
    rows, cols = np.divmod(pixels, frame.width)
    east = (cols + 0.5) * frame.ground_sample_distance - houses["x"][owner]
    south = (rows + 0.5) * frame.ground_sample_distance - houses["y"][owner]
    cosine, sine = np.cos(houses["angle"])[owner], np.sin(houses["angle"])[owner]
    to_end = houses["length"][owner] / 2 - np.abs(east * cosine + south * sine)
    to_eaves = houses["width"][owner] / 2 - np.abs(south * cosine - east * sine)
    heights = _roof_heights(houses, book, owner, to_end, to_eaves)
    palette = np.asarray(book.roofs, dtype=np.float32)[houses["roof"] % len(book.roofs)] / 255
    palette *= np.asarray(houses["brightness"])[:, None]
    wear = rng.normal(1, 0.05, len(pixels)).astype(np.float32)
    return RoofScape(pixels, heights, palette[owner] * wear[:, None])


def _roof_heights(
    houses: Houses,
    book: TextureBook,
    owner: NDArray[np.int32],
    to_end: NDArray[np.float64],
    to_eaves: NDArray[np.float64],
) -> Plane:
    to_end, to_eaves = np.maximum(to_end, 0), np.maximum(to_eaves, 0)
    shapes = np.where(houses["shape"] == FLAT, FLAT, houses["shape"] % len(book.roof_shapes))[owner]
    rise = np.zeros(len(owner))
    for code in np.unique(shapes):
        chosen = shapes == code
        shape: RoofShape = "flat" if code == FLAT else book.roof_shapes[int(code)]
        rise[chosen] = _rise(shape, to_end[chosen], to_eaves[chosen])
    return np.asarray(houses["eaves"][owner] + rise, dtype=np.float32)


def _rise(
    shape: RoofShape, to_end: NDArray[np.float64], to_eaves: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Metres above the eaves, by the distance from the house's ends and from its eaves."""
    match shape:
        case "gable":
            return PITCH * to_eaves
        case "hip":
            return PITCH * np.minimum(to_eaves, to_end)
        case "half-hip":
            return PITCH * np.minimum(to_eaves, to_end * 1.4 + 1.6)
        case "mansard":
            nearest = np.minimum(to_eaves, to_end)
            return np.minimum(1.3 * nearest, 0.9 + 0.4 * nearest)
        case "flat":
            return np.where(np.minimum(to_eaves, to_end) < 0.6, 0.4, 0.0)
