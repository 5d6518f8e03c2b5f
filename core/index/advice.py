"""What the user should know before two rasters are indexed: what will work badly, and what to do instead."""

from __future__ import annotations

import math
from collections.abc import Iterator

from changeseek.core.model.card import ModelCard
from changeseek.core.raster.ground import ground_scale
from changeseek.core.raster.pair import RasterPair
from changeseek.core.raster.source import RasterSource
from changeseek.core.tiling.grid import MAX_TILE, TileGrid

# The one date shows things that the other cannot.
_PIXELS_APART = 4.0
# Fewer pixels show too little to tell things apart.
_LEAST_TILE = 32


def advise(pair: RasterPair, tiles: TileGrid, card: ModelCard) -> tuple[str, ...]:
    """Advice on the dates, the pixels and the tiles, a line each; empty where all is well."""
    return (*_on_dates(pair), *_on_pixels(pair), *_on_tiles(tiles, card))


def _on_dates(pair: RasterPair) -> Iterator[str]:
    before, after = pair.dates
    if not (before and after):
        which = "before raster was" if after else "after raster was" if before else "rasters were"
        yield f"when the {which} taken is not known. Give both dates"
    if before and after and before > after:
        yield f"the before raster ({before}) is later than the after raster ({after}). Swap them"
    if before and before == after:
        yield f"both rasters are of {before}. Check that they are two dates"


def _on_pixels(pair: RasterPair) -> Iterator[str]:
    before, after = _pixel_metres(pair.before), _pixel_metres(pair.after)
    if max(before, after) > _PIXELS_APART * min(before, after):
        sizes = f"{before:.2g} m before, {after:.2g} m after"
        yield f"the pixels of the two dates differ much ({sizes}). What the coarser hides will seem to change"


def _on_tiles(tiles: TileGrid, card: ModelCard) -> Iterator[str]:
    if len(tiles) == 1:
        yield "there is one tile only, so nothing to rank. Take smaller tiles or larger rasters"
    gsd = tiles.pixel_grid.ground_sample_distance
    low, high = (distance * card.network.patch_size for distance in card.ground_sample_distance)
    if low <= tiles.tile * gsd <= high:
        return
    known = f"a tile is {tiles.tile * gsd:.0f} m wide, the model knows {low:.0f} to {high:.0f} m"
    fitting = math.ceil(low / gsd) if tiles.tile * gsd < low else math.floor(high / gsd)
    fits = _LEAST_TILE <= fitting <= MAX_TILE
    yield f"{known}. " + (
        f"Take {fitting} pixels" if fits else "Rasters of another resolution suit it better"
    )


def _pixel_metres(source: RasterSource) -> float:
    x, y = source.transform @ (source.width / 2, source.height / 2)
    side = math.sqrt(abs(source.transform.determinant))
    scale = ground_scale(source.crs, x, y, side)
    return side * math.sqrt(scale.x * scale.y)
