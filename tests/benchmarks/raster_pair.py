"""The pair of rasters that is measured on: made by a formula, so that figures of two versions compare."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image
from rasterio.enums import ColorInterp
from rasterio.transform import from_origin

from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.settings import BLOCK, CORNER, GSD, Settings

_COLOUR = np.array([105, 115, 90], dtype=np.float32)
# Layers from fields down to crowns, and a camera's noise on each pixel: deflate then leaves 0.57 of the
# bytes, as it does on aerial photographs (0.56 to 0.63).
_SCALES = ((600.0, 25.0), (80.0, 18.0), (9.0, 12.0))
_CAMERA_NOISE = 3.5

Plane = NDArray[np.float32]


def measure(settings: Settings) -> Figures:
    """Write both dates: uint8 RGB on one grid of 0.5 m, tiled in blocks of 512, deflated, without overviews.

    One in ten squares of a tile's size shows other ground on the second date; light and noise differ
    everywhere.

    compressed_share has no unit: bytes of both files over those of their pixels.
    """
    chance = np.random.default_rng(1)
    side = settings.scene_pixels
    ground = _ground(chance, side)
    _write(settings.before, _photograph(chance, ground, gain=1.0))
    changed = chance.random((side // settings.tile, side // settings.tile)) < 0.1
    other = np.kron(changed, np.ones((settings.tile, settings.tile), dtype=bool))
    _write(settings.after, _photograph(chance, np.where(other, _ground(chance, side), ground), gain=0.9))
    stored = settings.before.stat().st_size + settings.after.stat().st_size
    return {"compressed_share": stored / (2 * 3 * side**2)}


def _ground(chance: np.random.Generator, side: int) -> Plane:
    """(side, side) brightness around 0 that varies on every scale."""
    ground = np.zeros((side, side), dtype=np.float32)
    for scale, strength in _SCALES:
        coarse = chance.standard_normal((max(2, int(side / scale)),) * 2, dtype=np.float32)
        fine = Image.fromarray(coarse).resize((side, side), Image.Resampling.BICUBIC)
        ground += np.float32(strength) * np.asarray(fine)
    return ground


def _photograph(chance: np.random.Generator, ground: Plane, gain: float) -> NDArray[np.uint8]:
    """(3, H, W) uint8."""
    bands = [
        colour + np.float32(gain) * ground + _CAMERA_NOISE * chance.standard_normal(ground.shape, np.float32)
        for colour in _COLOUR
    ]
    pixels: NDArray[np.uint8] = np.clip(bands, 1, 255).astype(np.uint8)
    return pixels


def _write(path: Path, pixels: NDArray[np.uint8]) -> None:
    count, height, width = pixels.shape
    with rasterio.open(
        path, "w", driver="GTiff", dtype="uint8", count=count, height=height, width=width,
        crs="EPSG:32633", transform=from_origin(*CORNER, GSD, GSD), interleave="pixel",
        tiled=True, blockxsize=BLOCK, blockysize=BLOCK, compress="deflate", predictor=2, num_threads=2,
    ) as dataset:  # fmt: skip
        dataset.colorinterp = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
        dataset.write(pixels)
