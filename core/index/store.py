"""An index on disk, opened: the tiles and their vectors, in the order of the grid."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from changeseek.core.errors import IndexFolderError, UnknownTileError
from changeseek.core.index.layout import manifest_path, part_path
from changeseek.core.index.manifest import IndexRecord
from changeseek.core.index.scoring import Ranks, difference_ranks
from changeseek.core.model.interface import Vectors

VectorKind = Literal["before", "after", "change"]
_SIDES = ("xmin", "ymin", "xmax", "ymax")


def read_record(directory: Path) -> IndexRecord:
    """What the index of a folder is, finished or not.

    Raises:
        IndexFolderError: The folder does not exist, cannot be read, is no index, or one of a later format.
    """
    from changeseek.core.index.stac import from_json

    try:
        return from_json(manifest_path(directory).read_text(encoding="utf-8"))
    except IndexFolderError as error:
        raise IndexFolderError(f"{directory} cannot be used: {error.message}", error.advice) from error
    except PermissionError as error:
        raise IndexFolderError(f"{directory} cannot be read", "Check your rights on it") from error
    except (OSError, UnicodeDecodeError) as error:
        raise _no_index(directory) from error


def _no_index(directory: Path) -> IndexFolderError:
    # Not by Path's own method, which raises where a name is too long or a folder may not be entered.
    if not os.path.exists(directory):
        return IndexFolderError(f"no folder {directory}", "Build it with changeseek index")
    return IndexFolderError(f"{directory} is not an index", "Name a folder that changeseek index made")


def open_index(directory: Path) -> Index:
    """Open a finished index.

    Raises:
        IndexFolderError: The folder is not an index, not finished, or damaged.
    """
    record = read_record(directory)
    if record.state != "complete":
        advice = "Run the same changeseek index command again: it goes on where it stopped"
        raise IndexFolderError(f"the index {directory} is not finished", advice)
    return Index(directory, record)


class Index:
    """N tiles with three vectors each; vectors come into memory when first asked for.

    Args:
        directory: The index folder.
        record: What its index.json says.
    """

    def __init__(self, directory: Path, record: IndexRecord) -> None:
        from changeseek.core.index.parts import read_columns

        self.directory = directory
        self.record = record
        self._parts = [part_path(directory, part.number) for part in record.plan.parts]
        table = read_columns(self._parts, ["tile_id", "bbox"])
        self.tile_ids: list[str] = table["tile_id"].to_pylist()
        box = table["bbox"].combine_chunks()
        self.bounds: NDArray[np.float64] = np.stack([box.field(side).to_numpy() for side in _SIDES], axis=1)
        self._vectors: dict[VectorKind, Vectors] = {}

    def __len__(self) -> int:
        return len(self.tile_ids)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {tile_id: position for position, tile_id in enumerate(self.tile_ids)}

    def position(self, tile_id: str) -> int:
        """Place 0..N-1 of a tile in everything that this index gives.

        Raises:
            UnknownTileError: The index holds no such tile.
        """
        try:
            return self._positions[tile_id]
        except KeyError as error:
            last = f"r{self.record.grid.rows - 1:03d}c{self.record.grid.cols - 1:03d}"
            advice = f"Tiles go from r000c000 to {last}; those with too few valid pixels are left out"
            raise UnknownTileError(f"the index holds no tile {tile_id}", advice) from error

    def row_of(self, tile_id: str) -> int | None:
        """The same, None where the index holds no such tile."""
        return self._positions.get(tile_id)

    def bounds_of(self, position: int) -> tuple[float, float, float, float]:
        """xmin, ymin, xmax, ymax of one tile in CRS units."""
        xmin, ymin, xmax, ymax = (float(side) for side in self.bounds[position])
        return xmin, ymin, xmax, ymax

    def vectors(self, kind: VectorKind) -> Vectors:
        """(N, D) float32 of unit length, in the order of `tile_ids`; do not write into it."""
        if kind not in self._vectors:
            self._vectors[kind] = self._read_vectors(kind)
        return self._vectors[kind]

    @cached_property
    def difference_ranks(self) -> Ranks | None:
        """(N,) rank of each tile by how much the pixels of its dates differ; None in an older index."""
        from changeseek.core.index.parts import DIFFERENCE, has_column, read_columns

        if not has_column(self._parts, DIFFERENCE):
            return None
        # For all queries: to sort anew for each would take longer than the rest of it.
        return difference_ranks(read_columns(self._parts, [DIFFERENCE])[DIFFERENCE].to_numpy())

    def _read_vectors(self, kind: VectorKind) -> Vectors:
        from changeseek.core.index.parts import read_columns, vectors_of

        halves = vectors_of(read_columns(self._parts, [kind])[kind], self.record.model.dimensions)
        return _unit_length(halves.astype(np.float32))


def _unit_length(vectors: Vectors) -> Vectors:
    """The vectors, scaled in place; zero vectors stay zero."""
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors
