"""From a request's parameters to two rasters on one grid, and to the tiles over them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from changeseek.core.engine.messages.building import PairParameters

if TYPE_CHECKING:
    from changeseek.core.raster.grid import Bounds
    from changeseek.core.raster.pair import RasterPair
    from changeseek.core.raster.source import RasterSource
    from changeseek.core.tiling.grid import TileGrid


class PairOpener:
    """Opens the pair of a request.

    Args:
        request: Says which; the sources are looked at here, their pixels are not.

    Raises:
        BadInputError: One of its subclasses, named for what is wrong.
    """

    def __init__(self, request: PairParameters) -> None:
        from changeseek.core.raster.bands import parse_bands
        from changeseek.core.raster.source import describe_source

        self._request = request
        self._bands = parse_bands(request.bands) if request.bands else None
        self._bands_after = parse_bands(request.bands_after) if request.bands_after else None
        self._before = describe_source(request.before, self._bands)
        self._after = describe_source(request.after, self._bands_after or self._bands)

    @property
    def key(self) -> Hashable:
        """All that the opened pair depends on."""
        request = self._request
        states = [(source.size, source.mtime) for source in (self._before, self._after)]
        how = (request.gsd, request.extent, request.extent_crs, request.dates, request.shift_dates)
        return (request.before, request.after, request.bands, request.bands_after, *how, *states)

    def open(self) -> RasterPair:
        """Lay the grid, measure the radiometry and how the dates lie on each other.

        Raises:
            ShiftUnknownError: The dates are to be moved onto each other, but how far cannot be measured.
        """
        from changeseek.core.raster.check.measure import checked
        from changeseek.core.raster.pair import moved_back, open_pair

        pair = open_pair(
            self._request.before,
            self._request.after,
            bands=self._bands,
            bands_after=self._bands_after,
            gsd=self._request.gsd,
            extent=self._extent(),
            dates=self._request.dates or None,
        )
        pair = checked(pair)
        return moved_back(pair) if self._request.shift_dates else pair

    def _extent(self) -> Bounds | tuple[float, ...] | None:
        if self._request.extent is None or not self._request.extent_crs:
            return self._request.extent
        from changeseek.core.raster.extent import carry_extent

        return carry_extent(self._request.extent, self._request.extent_crs, self._reference())

    def _reference(self) -> RasterSource:
        from changeseek.core.raster.overlap import finer_first

        return finer_first(self._before, self._after)[0]


def tile_grid(pair: RasterPair, request: PairParameters) -> TileGrid:
    """The tiles that a request wants.

    Raises:
        TilingError: Tile or stride make no grid.
    """
    from changeseek.core.tiling.grid import TileGrid

    return TileGrid(pair.grid, request.tile, request.tile if request.stride is None else request.stride)
