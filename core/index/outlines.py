"""The outlines of all tiles of an index as a map layer."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from changeseek.core.errors import ExportError
from changeseek.core.faults import disk_full
from changeseek.core.index.boxes import write_boxes
from changeseek.core.index.files import written_whole
from changeseek.core.index.store import Index

LAYER = "tiles"


def write_outlines(index: Index, path: Path) -> None:
    """Write the layer `tiles` with the fields tile_id, row and col; a file of that name is replaced.

    Args:
        index: Whose tiles.
        path: A `.gpkg`; its folder is made where it is missing.

    Raises:
        ExportError: The file has another suffix, or its folder cannot be made.
        MachineFaultError: The disk is full or faulty.
    """
    if path.suffix.lower() != ".gpkg":
        raise ExportError(f"outlines cannot be written to {path}", "Give a file name that ends in .gpkg")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_full(error) or ExportError(
            f"{path.parent} cannot be made: {error.strerror}", "Name another file"
        ) from error
    with written_whole(path) as unfinished:
        _write(index, unfinished)


def _write(index: Index, path: Path) -> None:
    rows, cols = _rows_and_cols(index.tile_ids)
    columns = {"tile_id": np.asarray(index.tile_ids, dtype=object), "row": rows, "col": cols}
    write_boxes(path, LAYER, index.bounds, columns, index.record.grid.crs)


def _rows_and_cols(tile_ids: list[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], ...]:
    """Two (N,) int32 from names such as `r012c034`."""
    pairs = (tile_id[1:].split("c") for tile_id in tile_ids)
    numbers = np.asarray([(int(row), int(col)) for row, col in pairs], dtype=np.int32).reshape(-1, 2)
    return np.ascontiguousarray(numbers[:, 0]), np.ascontiguousarray(numbers[:, 1])
