"""New buildings in six cities, against the masks of the Onera change detection set.

Daudt, Le Saux, Boulch, Gousseau 2018, "Urban change detection for multispectral earth observation using
convolutional neural networks".
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from changeseek.core.evaluation.real.case import Case, Cases, Question
from changeseek.core.evaluation.real.files import needed
from changeseek.core.evaluation.real.layers import read_mask, tile_shares
from changeseek.core.raster.dates import parse_dates
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid

GROUP = "OSCD"
TILE = 32
LEAST_SHARE = 0.02
_BANDS = (1, 2, 3)
_DATE = re.compile(r"^date_\d: *(\d{4})(\d\d)(\d\d)$", re.MULTILINE)
_WEAKNESS = (
    "The mask knows urban change only, leaves out streets and what is under way, and counts a site that "
    "fills a fiftieth of a tile as much as one that fills it."
)


def oscd_cases(folder: Path) -> Cases:
    """One case for each city, a folder with before.tif, after.tif, mask.png and dates.txt."""
    for city in sorted(path.parent for path in folder.glob("*/mask.png")):
        yield _city(city)


def _city(city: Path) -> Case:
    before, after = _dates(city / "dates.txt")
    pair = open_pair(city / "before.tif", city / "after.tif", bands=_BANDS, bands_after=_BANDS)
    tiles = TileGrid(pair.grid, TILE, TILE)
    marked = tile_shares(read_mask(city / "mask.png", pair.before, pair.grid), tiles)
    question = Question(
        name=f"{GROUP} new buildings",
        query="new buildings",
        came="buildings",
        went="",
        positive=marked > LEAST_SHARE,
        rule=f"more than {LEAST_SHARE:.0%} of the mask",
        weakness=_WEAKNESS,
    )
    return Case(GROUP, city.name, f"{before} to {after}", pair, tiles, (question,))


def _dates(file: Path) -> tuple[date, date]:
    """From lines such as "date_1: 20160120"."""
    found = _DATE.findall(needed(file).read_text(encoding="utf-8"))
    return parse_dates(",".join("-".join(parts) for parts in found))
