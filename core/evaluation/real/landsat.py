"""Forest cleared, a river that moved and a city that grew, against spectral indices of Landsat composites."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.ndimage import binary_dilation

from changeseek.core.evaluation.real.case import Case, Cases, Positive, Question
from changeseek.core.evaluation.real.indices import Values, normalised_difference
from changeseek.core.evaluation.real.layers import Bands, Layer, read_bands, tile_shares
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid

GROUP = "Landsat"
TILE = 32
SPANS = ((1985, 2000), (1985, 2020), (2000, 2020))
# There is no blue band. Of short-wave infrared, near infrared and red, which the product takes unasked, the
# shipped model makes more than of red, near infrared and green, or of red and green alone.
COLOURS = (1, 2, 3)
CLEARED = 0.10
MOVED = 0.10
GREW = 0.10
_TRUTH_BANDS = (1, 2, 3, 4)
# Of the composites' stored values: what parts forest from pasture, and both from town, in their histograms.
_FOREST_MOISTURE, _FOREST_GREEN = 0.3, 0.75
_CLEARED_MOISTURE, _CLEARED_FALL = 0.25, 0.15
_BUILT_MOISTURE, _BUILT_GREEN = 0.1, 0.6
_BANK_PIXELS = 8


def landsat_cases(folder: Path) -> Cases:
    """A case for each span of years whose two files, such as 1985.tif, are there."""
    for years in SPANS:
        before, after = (folder / f"{year}.tif" for year in years)
        if before.exists() and after.exists():
            yield _case(before, after)


def _case(before: Path, after: Path) -> Case:
    pair = open_pair(before, after, bands=COLOURS, bands_after=COLOURS)
    tiles = TileGrid(pair.grid, TILE, TILE)
    old, new = (read_bands(file, _TRUTH_BANDS, pair.grid) for file in (before, after))
    return Case(GROUP, "Pucallpa", f"{before.stem} to {after.stem}", pair, tiles, _questions(old, new, tiles))


def _questions(old: Bands, new: Bands, tiles: TileGrid) -> tuple[Question, ...]:
    return (
        _question(
            "forest has been cleared",
            ("bare ground", "forest"),
            tile_shares(cleared(old, new), tiles) > CLEARED,
            f"forest lost its moisture on > {CLEARED:.0%}, away from water",
            "Indices cannot tell felled forest from young growth that was cut again or from a drier season.",
        ),
        _question(
            "the river moved",
            ("a river", ""),
            tile_shares(moved_water(old, new), tiles) > MOVED,
            f"water came or went on > {MOVED:.0%}",
            "Oxbows that filled up, a lake that rose and the river's level of the day count as movement.",
        ),
        _question(
            "a city grew",
            ("a city", ""),
            tile_shares(newly_built(old, new), tiles) > GREW,
            f"built-up ground rose by > {GREW:.0%}, away from water",
            "Bare fields and new roads look built-up to the index, and town along the river is left out with "
            "the sandbanks.",
        ),
    )


def _question(query: str, scenes: tuple[str, str], positive: Positive, rule: str, weakness: str) -> Question:
    return Question(f"{GROUP} {query}", query, *scenes, positive, rule, weakness)


def cleared(old: Bands, new: Bands) -> Layer:
    """(H, W) forest on the first date that is none on the second; not where a river may have taken it.

    Args:
        old: (4, H, W) SWIR1, NIR, red, green of the first date.
        new: The same of the second.
    """
    before, after = _moisture(old), _moisture(new)
    forest = (before > _FOREST_MOISTURE) & (_greenness(old) > _FOREST_GREEN)
    fell = (after < _CLEARED_MOISTURE) & (before - after > _CLEARED_FALL)
    return forest & fell & ~_near_water(old, new)


def moved_water(old: Bands, new: Bands) -> Layer:
    """(H, W) water on one of the dates alone."""
    return _water(old) ^ _water(new)


def newly_built(old: Bands, new: Bands) -> Layer:
    """(H, W) built-up on the second date alone; not near water, for sandbanks look the same."""
    return _built(new) & ~_built(old) & ~_near_water(old, new)


def _near_water(old: Bands, new: Bands) -> Layer:
    """(H, W) within `_BANK_PIXELS` of water of either date."""
    banks: Layer = binary_dilation(_water(old) | _water(new), iterations=_BANK_PIXELS)
    return banks


def _built(bands: Bands) -> Layer:
    """Low NDVI and high NDBI (Zha et al. 2003), which is the negative of the moisture index."""
    return (_moisture(bands) < _BUILT_MOISTURE) & (_greenness(bands) < _BUILT_GREEN)


def _water(bands: Bands) -> Layer:
    """MNDWI above 0 (Xu 2006)."""
    return np.asarray(normalised_difference(bands[3], bands[0]) > 0)


def _moisture(bands: Bands) -> Values:
    """NDMI, from near and short-wave infrared."""
    return normalised_difference(bands[1], bands[0])


def _greenness(bands: Bands) -> Values:
    """NDVI."""
    return normalised_difference(bands[1], bands[2])
