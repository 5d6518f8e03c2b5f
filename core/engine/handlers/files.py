"""Answers that are too large for the pipe and go through files."""

from __future__ import annotations

from pathlib import Path

from changeseek.core.engine.job import Job
from changeseek.core.engine.messages.files import (
    FileAnswer,
    Outlines,
    Thumbnail,
    Thumbnails,
    ThumbnailsAnswer,
)
from changeseek.core.engine.opened import Opened


def thumbnails(request: Thumbnails, opened: Opened, job: Job) -> ThumbnailsAnswer:
    """Draw small pictures of tiles."""
    from changeseek.core.index.thumbnails import draw_thumbnails

    pair, tile_grid = opened.sources(request.index)
    folder = Path(request.folder).absolute()
    drawn = draw_thumbnails(
        pair, tile_grid, request.tile_ids, folder, request.side, progress=job.report_progress
    )
    told = zip(request.tile_ids, drawn, strict=True)
    return ThumbnailsAnswer(
        tuple(Thumbnail(tile_id, str(files.before), str(files.after)) for tile_id, files in told)
    )


def outlines(request: Outlines, opened: Opened, job: Job) -> FileAnswer:
    """Write the outlines of all tiles."""
    from changeseek.core.index.outlines import write_outlines

    path = Path(request.output).absolute()
    write_outlines(opened.index(request.index), path)
    return FileAnswer(str(path))
