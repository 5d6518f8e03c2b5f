"""`changeseek index`: two rasters to an index."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from changeseek.core.cli.output import answer_facts, answer_json, say

if TYPE_CHECKING:
    from changeseek.core.index.store import Index
    from changeseek.core.raster.pair import RasterPair
    from changeseek.core.tiling.grid import TileGrid

DEFAULT_TILE = 128


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("index")(index)


def index(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="Raster of the first date.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Raster of the second date.")],
    directory: Annotated[
        Path,
        # A folder that may not be read is told with the advice of `prepare`, not as a mistyped option.
        typer.Option("-o", "--output", metavar="DIR", help="The index folder to make.", readable=False),
    ],
    tile: Annotated[int, typer.Option(metavar="PX", help="Side of a tile in pixels.")] = DEFAULT_TILE,
    stride: Annotated[
        int | None, typer.Option(metavar="PX", help="Step between tiles; the tile size.")
    ] = None,
    gsd: Annotated[float | None, typer.Option(metavar="METRES", help="Resample to this pixel size.")] = None,
    bands: Annotated[str | None, typer.Option(metavar="R,G,B", help="Bands to use, such as 3,2,1.")] = None,
    bands_after: Annotated[str | None, typer.Option(metavar="R,G,B", help="Bands of AFTER.")] = None,
    dates: Annotated[str | None, typer.Option(metavar="DATE,DATE", help="2009-08-18,2015-09-26")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME|PATH", help="Model; the embedded one.")] = None,
    device: Annotated[str, typer.Option(metavar="auto|cpu|cuda", help="Where the model runs.")] = "auto",
    extent: Annotated[
        str | None, typer.Option(metavar="XMIN,YMIN,XMAX,YMAX", help="Part to index, CRS of the finer date.")
    ] = None,
    shift_dates: Annotated[
        bool, typer.Option("--shift-dates", help="Move AFTER by the measured shift between the dates.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Embed all tiles of two rasters into an index folder; run it again to go on after a stop."""
    from changeseek.core.engine.summary import summarise
    from changeseek.core.tiling.grid import TileGrid

    pair = _checked(_open(before, after, bands, bands_after, gsd, extent, dates), shift_dates=shift_dates)
    tile_grid = TileGrid(pair.grid, tile, tile if stride is None else stride)
    started = time.monotonic()
    built, device_used = _build(pair, tile_grid, model, device, directory)
    summary = asdict(summarise(built, device_used, time.monotonic() - started))
    answer_json(summary) if as_json else answer_facts({name: str(value) for name, value in summary.items()})


def _open(
    before: str,
    after: str,
    bands: str | None,
    bands_after: str | None,
    gsd: float | None,
    extent: str | None,
    dates: str | None,
) -> RasterPair:
    from changeseek.core.raster.bands import parse_bands
    from changeseek.core.raster.overlap import parse_extent
    from changeseek.core.raster.pair import open_pair

    return open_pair(
        before,
        after,
        bands=None if bands is None else parse_bands(bands),
        bands_after=None if bands_after is None else parse_bands(bands_after),
        gsd=gsd,
        extent=None if extent is None else parse_extent(extent),
        dates=dates,
    )


def _checked(pair: RasterPair, *, shift_dates: bool) -> RasterPair:
    """The pair with what was found about it, its later date moved back if that is wanted."""
    from changeseek.core.raster.check.measure import checked
    from changeseek.core.raster.pair import moved_back

    pair = checked(pair)
    return moved_back(pair) if shift_dates else pair


def _say_findings(pair: RasterPair) -> None:
    """What the user should know before anything is embedded; not beside a line about bad input."""
    from changeseek.core.raster.check.words import warnings_of
    from changeseek.core.raster.notes import reading_note

    for note in filter(None, map(reading_note, (pair.before, pair.after))):
        say(f"note: {note}")
    for warning in warnings_of(pair):
        say(f"warning: {warning}")


def _build(
    pair: RasterPair, tile_grid: TileGrid, model_name: str | None, device: str, directory: Path
) -> tuple[Index, str]:
    from changeseek.core.cli.models import say_device
    from changeseek.core.cli.progress import progress_bar
    from changeseek.core.index.build import build_index
    from changeseek.core.index.describe import describe
    from changeseek.core.index.folder import existing
    from changeseek.core.index.verify import parts_to_make
    from changeseek.core.model.loading import load_model

    model = load_model(model_name, device)
    found = existing(directory, describe(pair, tile_grid, model))
    missing = None if found is None else parts_to_make(directory, found)
    if found is not None and found.state == "complete" and not missing:
        say(f"{directory} is complete already: nothing to do")
    else:
        _say_findings(pair)
        say_device(model, device)
    if found is not None and missing:
        say(f"{directory}: {len(missing)} of {len(found.plan.parts)} parts are to be made")
    with progress_bar("tiles") as report:
        return build_index(pair, tile_grid, model, directory, progress=report), model.device
