"""The record of an index that is to be built, from what it will be built of."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from changeseek.core.index.manifest import GridRecord, IndexRecord, ModelRecord, Plan, SourceRecord
from changeseek.core.index.plan import plan_parts
from changeseek.core.model.interface import PairModel
from changeseek.core.raster.pair import RasterPair
from changeseek.core.raster.radiometry import Stretch
from changeseek.core.raster.source import RasterSource
from changeseek.core.tiling.grid import TileGrid

# Tiles with less data than this on both dates say more about the edge of the data than about the ground.
LEAST_VALID_FRACTION = 0.5
# Name of the stored pixels (columns, rows) by which the after date was moved; absent where it was not, so
# that indexes of earlier versions go on.
MOVED = "after_moved"


def describe(pair: RasterPair, tile_grid: TileGrid, model: PairModel) -> IndexRecord:
    """What `index.json` says before the first tile is read."""
    day_before, day_after = pair.dates
    return IndexRecord(
        before=_source(pair.before, day_before),
        after=_source(pair.after, day_after),
        grid=_grid(tile_grid),
        model=ModelRecord.of(model),
        preprocessing=_preprocessing(pair),
        plan=Plan(model.batch_size, plan_parts(tile_grid.rows, tile_grid.cols)),
        check=pair.check,
    )


def _source(source: RasterSource, day: date | None) -> SourceRecord:
    told = None if day is None else day.isoformat()
    return SourceRecord(source.path, source.size, source.mtime, source.crs, source.bands, told)


def _grid(tile_grid: TileGrid) -> GridRecord:
    pixels = tile_grid.pixel_grid
    return GridRecord(
        crs=pixels.crs,
        transform=tuple(float(number) for number in pixels.transform[:6]),
        width=pixels.width,
        height=pixels.height,
        gsd=pixels.ground_sample_distance,
        tile=tile_grid.tile,
        stride=tile_grid.stride,
        rows=tile_grid.rows,
        cols=tile_grid.cols,
    )


def _preprocessing(pair: RasterPair) -> dict[str, Any]:
    """Radiometry of both dates, the least share of valid pixels, and how a date was moved, as JSON values."""
    moved = {} if pair.moved == (0.0, 0.0) else {MOVED: list(pair.moved)}
    return moved | {
        "stretch_before": _stretch(pair.stretch_before),
        "stretch_after": _stretch(pair.stretch_after),
        "least_valid_fraction": LEAST_VALID_FRACTION,
    }


def _stretch(stretch: Stretch) -> dict[str, list[float]]:
    return {end: [float(value) for value in values] for end, values in asdict(stretch).items()}
