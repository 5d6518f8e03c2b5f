"""What runs off the GUI's thread: questions to the engine, and the files that follow from the answers."""

from __future__ import annotations

from pathlib import Path

from ...core.engine.messages import (
    HitsAnswer,
    Info,
    InfoAnswer,
    Outlines,
    Search,
    Similar,
    Thumbnail,
    Thumbnails,
    ThumbnailsAnswer,
)
from ..background import Report
from ..errors import LayerError
from ..layers.folders import cache_folder, writable_folder
from ..layers.outlines import FILE, FOLDER, are_fresh
from ..translation import tr
from .asking import Asking
from .dates_on_map import OpenedDate, open_dates
from .hits_files import HitsFile, index_state, save_hits


def look_at_index(asking: Asking, folder: str, report: Report) -> tuple[InfoAnswer, list[OpenedDate]]:
    """What an index is, and its rasters for the map."""
    info = asking.call(Info(folder), report)
    return info, open_dates(info)


def find_hits(asking: Asking, asked: Search | Similar, report: Report) -> tuple[HitsAnswer, HitsFile | None]:
    """The answer to a search, and its file; None where there is no hit."""
    answer = asking.call(asked, report)
    return answer, save_hits(asked, answer) if answer.hits else None


def write_outlines(asking: Asking, index: Path, report: Report) -> Path:
    """The file of all tiles of an index, which the engine writes where it is missing or old."""
    try:
        path = writable_folder(index, FOLDER) / FILE
    except OSError as error:
        raise LayerError(tr("the outlines could not be written: {}").format(error)) from error
    if not are_fresh(path, index):
        asking.call(Outlines(str(index), str(path)), report)
    return path


def drawn_thumbnails(index: Path, tile_ids: tuple[str, ...]) -> tuple[ThumbnailsAnswer, tuple[str, ...]]:
    """Pictures that were drawn before, and the tiles that have none; asks no engine."""
    folder = _picture_folder(index)
    pictures = [
        Thumbnail(tile_id, str(folder / f"{tile_id}-before.png"), str(folder / f"{tile_id}-after.png"))
        for tile_id in tile_ids
    ]
    there = tuple(one for one in pictures if Path(one.before).exists() and Path(one.after).exists())
    known = {one.tile_id for one in there}
    return ThumbnailsAnswer(there), tuple(tile_id for tile_id in tile_ids if tile_id not in known)


def draw_thumbnails(
    asking: Asking, index: Path, tile_ids: tuple[str, ...], report: Report
) -> ThumbnailsAnswer:
    """Let the engine draw pictures of tiles."""
    return asking.call(Thumbnails(str(index), tile_ids, str(_picture_folder(index))), report)


def _picture_folder(index: Path) -> Path:
    """In the user's cache; another one after the index was built anew."""
    return cache_folder(index, f"thumbnails-{index_state(index)}")
