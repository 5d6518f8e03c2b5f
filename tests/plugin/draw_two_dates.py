"""Draws the two dates that the plugin's tests search, in the engine's Python.

Usage: draw_two_dates.py BEFORE.tif AFTER.tif
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin

from changeseek.core.scenes.draw import draw_scene
from changeseek.core.scenes.plan import DEMO_PLAN

SEED = 3
SIDE = 512
WEST, NORTH = 500_000.0, 5_820_000.0


def write(path: Path, image: NDArray[np.uint8]) -> None:
    """Write an (H, W, 3) picture with pixels of 1 m in UTM 33 N."""
    with rasterio.open(
        path, "w", driver="GTiff", width=SIDE, height=SIDE, count=3, dtype="uint8", crs="EPSG:32633",
        transform=from_origin(WEST, NORTH, 1.0, 1.0), photometric="RGB",
    ) as dataset:  # fmt: skip
        dataset.write(image.transpose(2, 0, 1))


def main(before: Path, after: Path) -> None:
    """Draw the demo's eight kinds of event on half a kilometre and write both dates."""
    scene = draw_scene(SEED, SIDE, ground_sample_distance=1.0, plan=DEMO_PLAN)
    write(before, scene.before)
    write(after, scene.after)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
