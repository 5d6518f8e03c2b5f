"""From two rasters to an index, and what an index is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from changeseek.core.engine.job import Job
from changeseek.core.engine.messages.building import BuildIndex, IndexAnswer, Info, InfoAnswer, Source
from changeseek.core.engine.opened import Opened
from changeseek.core.engine.pairs import tile_grid
from changeseek.core.errors import IndexFolderError

if TYPE_CHECKING:
    from changeseek.core.index.manifest import SourceRecord


def build(request: BuildIndex, opened: Opened, job: Job) -> IndexAnswer:
    """Embed all tiles of two rasters into an index folder, or go on with it."""
    from changeseek.core.engine.stoppable import StoppableModel
    from changeseek.core.engine.summary import summarise
    from changeseek.core.index.build import build_index
    from changeseek.core.model.threads import use_all_cores

    if not request.directory:
        raise IndexFolderError("no index folder was named", "Name a folder for the index")
    use_all_cores()
    pair = opened.pair(request)
    tiles = tile_grid(pair, request)
    job.check()
    started = time.monotonic()
    model = StoppableModel(opened.models.get(request.model, request.device), job.check)
    directory = Path(request.directory).absolute()
    built = build_index(pair, tiles, model, directory, progress=job.report_progress)
    return summarise(built, model.device, time.monotonic() - started)


def info(request: Info, opened: Opened, job: Job) -> InfoAnswer:
    """What an index is, finished or not."""
    from changeseek.core.index.describe import MOVED
    from changeseek.core.index.state import tiles_done
    from changeseek.core.index.store import read_record

    directory = Path(request.index).absolute()
    record = read_record(directory)
    grid, counts = record.grid, record.counts
    return InfoAnswer(
        index=str(directory),
        state=record.state,
        tiles=None if counts is None else counts.indexed,
        skipped=None if counts is None else counts.skipped,
        tiles_done=tiles_done(directory, record),
        crs=grid.crs,
        transform=grid.transform,
        width=grid.width,
        height=grid.height,
        gsd=grid.gsd,
        tile=grid.tile,
        stride=grid.stride,
        rows=grid.rows,
        cols=grid.cols,
        model=record.model.name,
        model_here=opened.models.has(record.model),
        before=_source(record.before),
        after=_source(record.after),
        shifted=MOVED in record.preprocessing,
    )


def _source(source: SourceRecord) -> Source:
    from changeseek.core.index.freshness import source_state

    return Source(source.path, source.date, source.bands, source_state(source))
