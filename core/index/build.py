"""Building an index: patches to vectors to parts on disk, resumable at every part."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from changeseek.core.errors import NoOverlapError
from changeseek.core.index import journal
from changeseek.core.index.batches import Batch, BlockStream, fixed_batches
from changeseek.core.index.describe import LEAST_VALID_FRACTION, describe
from changeseek.core.index.files import write_text_whole
from changeseek.core.index.folder import PreparedFolder, prepare, undone_on_failure
from changeseek.core.index.heap import keep_heap_small
from changeseek.core.index.layout import TILES, manifest_path, part_path
from changeseek.core.index.lock import writer_lock
from changeseek.core.index.manifest import TileCounts
from changeseek.core.index.parts import TileRows, write_part
from changeseek.core.index.plan import Part
from changeseek.core.index.stac import embedding_fields, to_json
from changeseek.core.index.store import Index, open_index
from changeseek.core.index.verify import parts_to_make, written_part
from changeseek.core.model.interface import PairEmbeddings, PairModel
from changeseek.core.progress import ProgressCallback, ProgressMeter
from changeseek.core.raster.pair import RasterPair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import PatchBlock, read_patches


def build_index(
    pair: RasterPair,
    tile_grid: TileGrid,
    model: PairModel,
    directory: Path,
    *,
    progress: ProgressCallback | None = None,
) -> Index:
    """Embed every tile of a pair and write the index; go on where an earlier build stopped.

    Of a finished index, parts that are missing or damaged are made anew.

    Args:
        pair: The two dates on one grid.
        tile_grid: The tiles to embed.
        model: Makes the vectors.
        directory: The index folder; made here, or an unfinished or finished index of the same inputs.
        progress: Told about tiles done, of all tiles of the grid.

    Raises:
        IndexFolderError: The folder holds something else; it is not touched.
        IndexBusyError: Another process writes it.
        NoOverlapError: No tile has enough valid pixels.
        MachineFaultError: The disk is full or faulty; finished parts stay.
    """
    keep_heap_small()
    folder = prepare(directory, describe(pair, tile_grid, model))
    if folder.record.state == "complete" and not parts_to_make(directory, folder.record):
        return open_index(directory)
    with writer_lock(directory), undone_on_failure(folder):
        _Build(pair, tile_grid, model, folder, progress).run()
    return open_index(directory)


class _Build:
    """One run over the missing parts of a folder that this process holds for writing."""

    def __init__(
        self,
        pair: RasterPair,
        tile_grid: TileGrid,
        model: PairModel,
        folder: PreparedFolder,
        progress: ProgressCallback | None,
    ) -> None:
        self._pair = pair
        self._tile_grid = tile_grid
        self._model = model
        self._directory = folder.directory
        self._record = folder.record
        self._missing = parts_to_make(folder.directory, folder.record)
        already = len(tile_grid) - sum(part.last - part.first for part in self._missing)
        self._meter = ProgressMeter(len(tile_grid), progress, already_done=already)

    def run(self) -> None:
        """Write the missing parts, then say that the index is complete."""
        started = time.monotonic()
        device = self._model.device
        self._sweep()
        journal.note(self._directory, "started", device=device, parts_missing=len(self._missing))
        blocks = read_patches(self._pair, self._tile_grid, indices=self._missing_tiles())
        with closing(BlockStream(blocks)) as stream:
            for part in self._missing:
                self._write(part, stream)
        self._complete()
        journal.note(self._directory, "complete", seconds=round(time.monotonic() - started, 3))

    def _sweep(self) -> None:
        """Remove what a killed run left of the file that it was writing."""
        for pattern in (f"{TILES}/.part-*", ".index.*"):
            for unfinished in self._directory.glob(pattern):
                unfinished.unlink(missing_ok=True)

    def _path(self, part: Part) -> Path:
        return part_path(self._directory, part.number)

    def _missing_tiles(self) -> range | list[int]:
        """The tiles to read; a plain range where the missing parts follow each other."""
        if not self._missing:
            return range(0)
        first, last = self._missing[0].first, self._missing[-1].last
        if last - first == sum(part.last - part.first for part in self._missing):
            return range(first, last)
        return [tile for part in self._missing for tile in range(part.first, part.last)]

    def _write(self, part: Part, stream: BlockStream) -> None:
        started = time.monotonic()
        rows = self._embed(part, stream)
        write_part(self._path(part), rows, self._record.grid.crs, embedding_fields(self._record))
        seconds = round(time.monotonic() - started, 3)
        journal.note(self._directory, "part", number=part.number, tiles=len(rows.tile_ids), seconds=seconds)

    def _embed(self, part: Part, stream: BlockStream) -> TileRows:
        counted = (self._counted(block) for block in stream.until(part.last))
        batches = fixed_batches(counted, self._record.plan.batch, LEAST_VALID_FRACTION)
        embedded = [
            (batch.indices, batch.valid, _difference(batch), self._vectors(batch)) for batch in batches
        ]
        indices = np.concatenate([np.empty(0, np.int64), *(row[0] for row in embedded)])
        valid, difference = (
            np.concatenate([np.empty(0, np.float32), *(row[column] for row in embedded)]) for column in (1, 2)
        )
        return self._rows(indices, valid, difference, self._joined([row[3] for row in embedded]))

    def _counted(self, block: PatchBlock) -> PatchBlock:
        self._meter.advance(len(block.indices))
        return block

    def _vectors(self, batch: Batch) -> PairEmbeddings:
        vectors = self._model.embed_pairs(batch.patches[:, 0], batch.patches[:, 1])
        return PairEmbeddings(*(column[: len(batch.indices)] for column in vectors))

    def _joined(self, batches: list[PairEmbeddings]) -> PairEmbeddings:
        none = np.empty((0, self._model.dimensions), dtype=np.float32)
        columns = zip(*batches, strict=True) if batches else ((), (), ())
        return PairEmbeddings(*(np.concatenate([none, *column]) for column in columns))

    def _rows(
        self,
        indices: NDArray[np.int64],
        valid: NDArray[np.float32],
        difference: NDArray[np.float32],
        vectors: PairEmbeddings,
    ) -> TileRows:
        numbers = [int(index) for index in indices]
        row_cols = np.asarray([self._tile_grid.row_col(index) for index in numbers], dtype=np.int32).reshape(
            -1, 2
        )
        footprints = np.asarray([self._tile_grid.polygon(index) for index in numbers], dtype=object)
        tile_ids = [self._tile_grid.tile_id(index) for index in numbers]
        rows, cols = row_cols[:, 0], row_cols[:, 1]
        return TileRows(tile_ids, rows, cols, footprints, valid, difference, vectors)

    def _complete(self) -> None:
        written = tuple(written_part(self._path(part)) for part in self._record.plan.parts)
        indexed = sum(part.tiles for part in written)
        if indexed == 0:
            raise NoOverlapError(
                f"no tile has {LEAST_VALID_FRACTION:.0%} of its pixels valid on both dates",
                "Check the nodata values and masks, or take smaller tiles",
            )
        counts = TileCounts(indexed, len(self._tile_grid) - indexed)
        complete = replace(self._record, state="complete", counts=counts, written=written)
        write_text_whole(manifest_path(self._directory), to_json(complete))


def _difference(batch: Batch) -> NDArray[np.float32]:
    """(C,) mean absolute difference of the dates, 0..255."""
    few = batch.patches[: len(batch.indices)]
    # Of unsigned bytes the larger less the smaller, which copies nothing into wider numbers.
    apart = np.maximum(few[:, 0], few[:, 1]) - np.minimum(few[:, 0], few[:, 1])
    return np.asarray(apart.reshape(len(few), -1).mean(axis=1, dtype=np.float64), dtype=np.float32)
