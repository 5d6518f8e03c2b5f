"""The rasters of an index, opened again exactly as they were read when it was built."""

from __future__ import annotations

from datetime import date
from typing import Any

from affine import Affine

from changeseek.core.index.describe import MOVED
from changeseek.core.index.manifest import GridRecord, IndexRecord, SourceRecord
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.raster.pair import RasterPair
from changeseek.core.raster.radiometry import Stretch
from changeseek.core.raster.source import RasterSource, describe_source
from changeseek.core.tiling.grid import TileGrid


def open_sources(record: IndexRecord) -> tuple[RasterPair, TileGrid]:
    """Both dates with the index's own grid and radiometry, and the tiles over them.

    Raises:
        SourceNotFoundError: A raster is not where it was.
        BadInputError: It cannot be read any more.
    """
    grid = _pixel_grid(record.grid)
    cols, rows = record.preprocessing.get(MOVED, (0.0, 0.0))
    moved = cols, rows
    pair = RasterPair(
        before=describe_source(record.before.path, record.before.bands),
        after=_after(record, moved),
        grid=grid,
        stretch_before=_stretch(record.preprocessing["stretch_before"]),
        stretch_after=_stretch(record.preprocessing["stretch_after"]),
        dates=(_day(record.before), _day(record.after)),
        check=record.check,
        moved=moved,
    )
    return pair, TileGrid(grid, record.grid.tile, record.grid.stride)


def _after(record: IndexRecord, moved: tuple[float, float]) -> RasterSource:
    source = describe_source(record.after.path, record.after.bands)
    return source.moved(*moved) if moved != (0.0, 0.0) else source


def _pixel_grid(grid: GridRecord) -> PixelGrid:
    return PixelGrid(grid.crs, Affine(*grid.transform), grid.width, grid.height)


def _stretch(ends: dict[str, Any]) -> Stretch:
    return Stretch(low=tuple(ends["low"]), high=tuple(ends["high"]))


def _day(source: SourceRecord) -> date | None:
    return date.fromisoformat(source.date) if source.date else None
