"""From two rasters to an index: what a build would do, the build, what an index is.

Defaults are the command line's.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from .base import KIND, Request

DEFAULT_TILE = 128


@dataclass(frozen=True)
class PairParameters:
    """What `changeseek index` is told.

    Attributes:
        before: Raster of the first date, as GDAL opens it.
        after: Raster of the second date.
        directory: The index folder; empty where only a plan is wanted and no folder is chosen.
        tile: Side of a tile in pixels.
        stride: Step between tiles in pixels; None is the tile size.
        gsd: Metres a pixel to resample to; None keeps the finer date's.
        bands: Such as `3,2,1`; empty chooses.
        bands_after: The same for the after date.
        dates: Such as `2009-08-18,2015-09-26`; empty looks at tags and file names.
        model: Name or folder; empty takes the embedded one.
        device: auto, cpu or cuda.
        extent: xmin, ymin, xmax, ymax in units of `extent_crs`; None takes all of the overlap.
        extent_crs: Authority code or WKT; empty is the CRS of the finer date.
        shift_dates: Move the after date by the measured shift between the dates.
    """

    before: str
    after: str
    directory: str = ""
    tile: int = DEFAULT_TILE
    stride: int | None = None
    gsd: float | None = None
    bands: str = ""
    bands_after: str = ""
    dates: str = ""
    model: str = ""
    device: str = "auto"
    extent: tuple[float, float, float, float] | None = None
    extent_crs: str = ""
    shift_dates: bool = False


@dataclass(frozen=True)
class PlanAnswer:
    """What a build would do.

    Attributes:
        tiles: Tiles of the grid.
        rows: Rows of tiles.
        cols: Columns of tiles.
        tile_metres: Side of a tile on the ground.
        stride_metres: Step between tiles on the ground.
        gsd: Metres a pixel.
        crs: Of the grid, authority code or WKT.
        bounds: xmin, ymin, xmax, ymax of the grid in CRS units.
        dates: Of before and after, ISO 8601, None where unknown.
        bands: The three band numbers of before.
        bands_after: Of after.
        device: What the model would run on.
        seconds: Estimated duration of what is left to do, from a measured batch.
        disk_bytes: Estimated size of the finished index.
        free_bytes: Room on the disk of `directory`, or of the home folder.
        state: Of `directory`: `none` (a build would make it), `building` (it would go on), `complete`
            (nothing to do) or `other` (it holds something else; `advice` says what).
        tiles_done: Tiles that an earlier build finished.
        alignment: Shift between the dates in pixels, as the rasters are; None where it cannot be measured.
        shifted: Whether the after date would be moved back by it.
        advice: What the user should know before the start, a line each.
    """

    tiles: int
    rows: int
    cols: int
    tile_metres: float
    stride_metres: float
    gsd: float
    crs: str
    bounds: tuple[float, float, float, float]
    dates: tuple[str | None, str | None]
    bands: tuple[int, ...]
    bands_after: tuple[int, ...]
    device: str
    seconds: float
    disk_bytes: int
    free_bytes: int
    state: str
    tiles_done: int
    alignment: float | None = None
    shifted: bool = False
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan(PairParameters, Request[PlanAnswer]):
    """Look at two rasters and say what `changeseek index` would do; nothing is written."""

    method: ClassVar[str] = "plan"
    answer: ClassVar[type] = PlanAnswer


@dataclass(frozen=True)
class IndexAnswer:
    """What `changeseek index --json` prints: a finished build.

    Attributes:
        index: The folder.
        state: `complete`.
        tiles: Tiles in the index.
        skipped: Tiles left out for too few valid pixels.
        tile: Side of a tile in pixels.
        stride: Step between tiles in pixels.
        gsd: Metres a pixel.
        model: Name of the model.
        device: What it ran on.
        seconds: Duration of this run.
    """

    index: str
    state: str
    tiles: int
    skipped: int
    tile: int
    stride: int
    gsd: float
    model: str
    device: str
    seconds: float


@dataclass(frozen=True)
class BuildIndex(PairParameters, Request[IndexAnswer]):
    """`changeseek index`: reports progress, can be cancelled, goes on where it stopped."""

    method: ClassVar[str] = "index"
    answer: ClassVar[type] = IndexAnswer


@dataclass(frozen=True)
class Source:
    """One date's raster, as the index recorded it.

    Attributes:
        path: As GDAL opens it.
        date: ISO 8601, None where unknown.
        bands: The three band numbers.
        now: `unchanged`, `changed since`, `not found` or `not checked`.
    """

    path: str
    date: str | None
    bands: tuple[int, ...]
    now: str


@dataclass(frozen=True)
class InfoAnswer:
    """What `changeseek info` says, as far as a map needs it.

    Attributes:
        index: The folder, absolute.
        state: `building` or `complete`.
        tiles: Tiles in the index, None while building.
        skipped: Tiles left out for too few valid pixels, None while building.
        tiles_done: Tiles of finished parts.
        crs: Of the grid, authority code or WKT.
        transform: Six numbers a, b, c, d, e, f from (col, row) of the pixel grid to CRS units.
        width: Pixels.
        height: Pixels.
        gsd: Metres a pixel.
        tile: Side of a tile in pixels.
        stride: Step between tiles in pixels; the last row and column of tiles are moved inward.
        rows: Rows of tiles.
        cols: Columns of tiles.
        model: Name of the model.
        model_here: Whether that very model is here, so that texts can be asked.
        before: First date.
        after: Second date.
        shifted: Whether the after date was moved by the measured shift between the dates.
    """

    index: str
    state: str
    tiles: int | None
    skipped: int | None
    tiles_done: int
    crs: str
    transform: tuple[float, ...]
    width: int
    height: int
    gsd: float
    tile: int
    stride: int
    rows: int
    cols: int
    model: str
    model_here: bool
    before: Source = field(metadata={KIND: Source})
    after: Source = field(metadata={KIND: Source})
    shifted: bool = False


@dataclass(frozen=True)
class Info(Request[InfoAnswer]):
    """`changeseek info`."""

    index: str

    method: ClassVar[str] = "info"
    answer: ClassVar[type] = InfoAnswer
