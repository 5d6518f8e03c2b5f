"""Houses that a tornado destroyed, against outlines of buildings that stood there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyogrio.raw
import shapely
from shapely.geometry import mapping

from changeseek.core.evaluation.real.case import Case, Cases, Question
from changeseek.core.evaluation.real.files import needed, needed_rasters
from changeseek.core.evaluation.real.layers import Layer, burn, tile_shares
from changeseek.core.evaluation.real.mosaic import mosaic_xml
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid

GROUP = "Joplin"
# 58 m: a house with its garden and the street.
TILE = 96
LEAST_SHARE = 0.10
_WEAKNESS = (
    "The outlines say where buildings stood, not which were destroyed, so finding built-up ground inside the "
    "tornado's path is all that is measured."
)


def joplin_cases(folder: Path) -> Cases:
    """One case: the files of each date, in `pre` and `post`, as a mosaic."""
    with TemporaryDirectory() as mosaics:
        before, after = (_mosaic(folder / date, Path(mosaics)) for date in ("pre", "post"))
        pair = open_pair(before, after)
        tiles = TileGrid(pair.grid, TILE, TILE)
        question = Question(
            name=f"{GROUP}: houses destroyed",
            query="houses destroyed",
            came="",
            went="houses",
            positive=tile_shares(buildings(folder / "bldg_polys.gpkg", pair.grid), tiles) > LEAST_SHARE,
            rule=f"more than {LEAST_SHARE:.0%} covered by buildings before",
            weakness=_WEAKNESS,
        )
        yield Case(GROUP, "Joplin", "before to after May 2011", pair, tiles, (question,))


def _mosaic(date: Path, mosaics: Path) -> Path:
    file = mosaics / f"{date.name}.vrt"
    file.write_text(mosaic_xml(needed_rasters(date)), encoding="utf-8")
    return file


def buildings(file: Path, grid: PixelGrid) -> Layer:
    """(H, W) inside an outline of the file's first layer."""
    facts, _, outlines, _ = pyogrio.raw.read(needed(file))
    return burn([mapping(outline) for outline in shapely.from_wkb(outlines)], facts["crs"], grid)
