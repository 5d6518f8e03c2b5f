"""What a build would do, said before it starts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from changeseek.core.engine.handlers.about import device_note
from changeseek.core.engine.job import Job
from changeseek.core.engine.messages.building import Plan, PlanAnswer
from changeseek.core.engine.opened import Opened
from changeseek.core.engine.pairs import tile_grid

if TYPE_CHECKING:
    from changeseek.core.index.manifest import IndexRecord


def plan(request: Plan, opened: Opened, job: Job) -> PlanAnswer:
    """Look at two rasters and a folder; nothing is written."""
    from changeseek.core.index.advice import advise
    from changeseek.core.index.describe import describe
    from changeseek.core.index.estimate import bytes_of_index
    from changeseek.core.raster.check.words import warnings_of

    pair = opened.pair(request)
    job.check()
    tiles = tile_grid(pair, request)
    model = opened.models.get(request.model, request.device)
    record = describe(pair, tiles, model)
    job.check()
    folder, size = _look_at(request.directory, record), bytes_of_index(record)
    left = len(tiles) - folder.tiles_done
    gsd = pair.grid.ground_sample_distance
    before, after = pair.dates
    return PlanAnswer(
        tiles=len(tiles),
        rows=tiles.rows,
        cols=tiles.cols,
        tile_metres=tiles.tile * gsd,
        stride_metres=tiles.stride * gsd,
        gsd=gsd,
        crs=pair.grid.crs,
        bounds=pair.grid.bounds,
        dates=(before.isoformat() if before else None, after.isoformat() if after else None),
        bands=pair.before.bands,
        bands_after=pair.after.bands,
        device=model.device,
        seconds=left * opened.models.seconds_a_tile(model, tiles.tile) if left else 0.0,
        disk_bytes=size,
        free_bytes=folder.free_bytes,
        state=folder.state,
        tiles_done=folder.tiles_done,
        alignment=None if pair.check is None else pair.check.distance,
        shifted=pair.moved != (0.0, 0.0),
        advice=(
            *folder.advice,
            *_on_machine(request.device, model.device, folder.free_bytes - size * left // len(tiles)),
            *warnings_of(pair),
            *advise(pair, tiles, opened.models.card(request.model)),
        ),
    )


def _on_machine(wished: str, device: str, room: int) -> Iterator[str]:
    if wished == "auto" and (note := device_note(device)):
        yield f"the model runs on the CPU: {note}"
    if room < 0:
        yield "the index is larger than the room on this disk. Make room, or name a folder elsewhere"


@dataclass(frozen=True, slots=True)
class _Folder:
    """What lies where the index is to go; see `PlanAnswer`."""

    state: str
    tiles_done: int
    free_bytes: int
    advice: tuple[str, ...] = ()


def _look_at(directory: str, wanted: IndexRecord) -> _Folder:
    from changeseek.core.errors import IndexFolderError
    from changeseek.core.index.folder import existing
    from changeseek.core.index.state import tiles_done

    folder = Path(directory).absolute() if directory else Path.home()
    free = _free_bytes(folder)
    if not directory:
        return _Folder("none", 0, free)
    try:
        found = existing(folder, wanted)
    except IndexFolderError as error:
        return _Folder("other", 0, free, (str(error),))
    if found is None:
        return _Folder("none", 0, free)
    return _Folder(found.state, tiles_done(folder, found), free)


def _free_bytes(folder: Path) -> int:
    """Room where a folder lies or would be made; 0 where there is nothing at all, such as a missing drive."""
    # Not by Path's own method, which raises where a name is too long or a folder may not be entered.
    there = next((one for one in (folder, *folder.parents) if os.path.isdir(one)), None)
    return 0 if there is None else shutil.disk_usage(there).free
