"""A pair as large as a country's mosaic, of which only a window in the middle holds anything."""

from __future__ import annotations

from pathlib import Path

import rasterio
from rasterio.windows import Window

from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.settings import Settings


def measure(settings: Settings) -> Figures:
    """Write both dates: the small pair's kind of file, sparse, its pixels side by side in the window.

    huge_pixels is the side of the rasters, huge_window_pixels that of the window.
    """
    for scene, huge in ((settings.before, settings.huge_before), (settings.after, settings.huge_after)):
        _write(scene, huge, settings)
    return {"huge_pixels": settings.huge_pixels, "huge_window_pixels": settings.window_pixels}


def _write(scene: Path, huge: Path, settings: Settings) -> None:
    with rasterio.open(scene) as source:
        pixels, side = source.read(), source.width
        profile = {**source.profile, "width": settings.huge_pixels, "height": settings.huge_pixels}
        colours = source.colorinterp
    corner = settings.window_corner
    places = range(corner, corner + settings.window_pixels, side)
    with rasterio.open(
        huge, "w", **profile, zlevel=1, num_threads=2, sparse_ok=True, bigtiff=True
    ) as dataset:
        dataset.colorinterp = colours
        for top in places:
            for left in places:
                dataset.write(pixels, window=Window(left, top, side, side))
