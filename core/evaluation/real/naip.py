"""Lakes that grew, shrank and dried up, against the water that near infrared shows."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.ndimage import median_filter

from changeseek.core.evaluation.real.case import Case, Cases, Positive, Question
from changeseek.core.evaluation.real.files import needed_rasters
from changeseek.core.evaluation.real.indices import Values, normalised_difference, otsu
from changeseek.core.evaluation.real.layers import Layer, Shares, placed, tile_shares
from changeseek.core.raster.dates import find_date
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid

GROUP = "NAIP"
# 240 m: with it, and with these bounds, no floor is above a third.
TILE = 48
GROWN = 0.15
SHRUNK = 0.10
DRIED_HAD = 0.10
DRIED_KEEPS = 0.2
# Water is wetter than land in any light; where all is land or haze, Otsu's threshold alone would not say so.
_NDWI_BOUNDS = (0.0, 0.5)
_SPECKLE = 5
_COLOURS = (1, 2, 3)
_GREEN, _NEAR_INFRARED = 2, 4
_WEAKNESS = (
    "Water is told by thresholds that each date sets for itself: marsh, reeds and wet or shaded fields of "
    "2014 count as water in part, and a tile just below the bound counts as a wrong answer."
)


def naip_cases(folder: Path) -> Cases:
    """A case for every two dates, the earlier first; the model sees red, green and blue only."""
    files = sorted(needed_rasters(folder), key=_day)
    wet = {file: _water_of(file) for file in files}
    for before, after in combinations(files, 2):
        yield _case(before, after, wet[before], wet[after])


def _day(file: Path) -> str:
    return str(find_date(str(file), {}))


def _water_of(file: Path) -> Layer:
    """(H, W) of the file's own pixels."""
    with open_dataset(str(file)) as dataset:
        green, near_infrared = dataset.read((_GREEN, _NEAR_INFRARED)).astype(np.float32)
    return water(green, near_infrared)


def _case(before: Path, after: Path, wet_before: Layer, wet_after: Layer) -> Case:
    pair = open_pair(before, after, bands=_COLOURS, bands_after=_COLOURS)
    tiles = TileGrid(pair.grid, TILE, TILE)
    old, new = (
        tile_shares(placed(layer, source, pair.grid), tiles)
        for layer, source in ((wet_before, pair.before), (wet_after, pair.after))
    )
    return Case(GROUP, "North Dakota", f"{_day(before)} to {_day(after)}", pair, tiles, _questions(old, new))


def _questions(old: Shares, new: Shares) -> tuple[Question, ...]:
    return (
        _question(
            "a lake has grown", "a lake", "", grown(old, new), f"water rose by > {GROWN:.0%} of the tile"
        ),
        _question("a lake has shrunk", "", "a lake", shrunk(old, new), f"water fell by > {SHRUNK:.0%}"),
        _question(
            "a lake dried up",
            "",
            "a lake",
            dried(old, new),
            f"> {DRIED_HAD:.0%} was water, less than a fifth of it is left",
        ),
    )


def _question(query: str, came: str, went: str, positive: Positive, rule: str) -> Question:
    return Question(f"{GROUP} {query}", query, came, went, positive, rule, _WEAKNESS)


def water(green: Values, near_infrared: Values) -> Layer:
    """(H, W) open water of one date: high NDWI (McFeeters 1996) and dark in near infrared, without speckle.

    Both thresholds are Otsu's of the date itself, that of NDWI within bounds.
    """
    ndwi = normalised_difference(green, near_infrared)
    wet = (ndwi > np.clip(otsu(ndwi), *_NDWI_BOUNDS)) & (near_infrared < otsu(near_infrared))
    return np.asarray(median_filter(wet.astype(np.uint8), _SPECKLE) > 0)


def grown(old: Shares, new: Shares) -> Positive:
    """Tiles whose share of water rose by more than `GROWN`."""
    return new - old > GROWN


def shrunk(old: Shares, new: Shares) -> Positive:
    """Tiles whose share of water fell by more than `SHRUNK`."""
    return old - new > SHRUNK


def dried(old: Shares, new: Shares) -> Positive:
    """Tiles that had water and have hardly any left."""
    return (old > DRIED_HAD) & (new < DRIED_KEEPS * old)
