from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin

from changeseek.core.errors import (
    IndexBusyError,
    IndexFolderError,
    MachineFaultError,
    NoOverlapError,
    OtherIndexError,
)
from changeseek.core.index import build, folder, parts, plan
from changeseek.core.index.build import build_index
from changeseek.core.index.describe import LEAST_VALID_FRACTION
from changeseek.core.index.lock import writer_lock
from changeseek.core.index.manifest import IndexRecord
from changeseek.core.index.query import SearchRequest
from changeseek.core.index.search import search
from changeseek.core.index.store import open_index, read_record
from changeseek.core.model.interface import PairEmbeddings, PairModel, Patches
from changeseek.core.progress import Progress
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid

TILE, ROWS, COLS = 16, 6, 5
RED_TILE = "r004c003"
NODATA = 0

Write = Callable[[str, NDArray[np.uint8]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(name: str, pixels: NDArray[np.uint8]) -> Path:
        profile = {
            "driver": "GTiff",
            "count": 3,
            "height": pixels.shape[1],
            "width": pixels.shape[2],
            "dtype": "uint8",
            "crs": "EPSG:32633",
            "transform": from_origin(500000, 5000000, 1, 1),
            "nodata": NODATA,
        }
        with rasterio.open(tmp_path / name, "w", **profile) as dataset:
            dataset.write(pixels)
        return tmp_path / name

    return to_file


@pytest.fixture
def ground() -> NDArray[np.uint8]:
    """Two-coloured noise with the whole range in it, so that no stretch is applied."""
    chance = np.random.default_rng(5)
    return chance.integers(1, 255, (3, ROWS * TILE, COLS * TILE), dtype=np.uint8)


@pytest.fixture
def pair(write: Write, ground: NDArray[np.uint8]) -> RasterPair:
    """Nothing changes but that one tile turns red; one tile lies mostly outside the data."""
    after = ground.copy()
    row, col = 4 * TILE, 3 * TILE
    after[:, row : row + TILE, col : col + TILE] = np.asarray([250, 5, 5])[:, None, None]
    after[:, :TILE, : TILE - 4] = NODATA
    return open_pair(write("before.tif", ground), write("after.tif", after), match=False)


@pytest.fixture
def grid(pair: RasterPair) -> TileGrid:
    return TileGrid(pair.grid, TILE, TILE)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three parts of two tile rows each."""
    monkeypatch.setattr(plan, "TILES_A_PART", 2 * COLS)


class StopError(Exception):
    """Stands for a process that ends in the middle."""


class FailingModel:
    """Passes everything on to another model, and ends the process after some batches."""

    def __init__(self, model: PairModel, batches: int, failure: BaseException) -> None:
        self._model = model
        self._left = batches
        self._failure = failure

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        self._left -= 1
        if self._left < 0:
            raise self._failure
        return self._model.embed_pairs(before, after)


def stopping(model: PairModel, batches: int, failure: BaseException | None = None) -> PairModel:
    stopped: PairModel = FailingModel(model, batches, failure or StopError())  # type: ignore[assignment]
    return stopped


def identity(directory: Path) -> dict[str, bytes]:
    """Every byte that makes the index: what lies beside it is the log and the lock."""
    files = [directory / "index.json", *sorted((directory / "tiles").iterdir())]
    return {str(file.relative_to(directory)): file.read_bytes() for file in files}


def everything(directory: Path) -> dict[str, bytes]:
    files = [path for path in sorted(directory.rglob("*")) if path.is_file()]
    return {str(file.relative_to(directory)): file.read_bytes() for file in files}


def test_every_tile_with_enough_data_is_in_the_index_and_can_be_found(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    index = build_index(pair, grid, colour_model, tmp_path / "i.csx")
    assert len(index) == ROWS * COLS - 1
    assert "r000c000" not in index.tile_ids
    assert index.record.counts is not None
    assert (index.record.counts.indexed, index.record.counts.skipped) == (29, 1)
    hit = search(index, colour_model, SearchRequest("red", k=1))[0]
    assert (hit.tile_id, hit.percentile) == (RED_TILE, 100.0)
    assert hit.bounds == tuple(grid.bounds(grid.parse(RED_TILE)))


def test_the_folder_holds_the_record_the_parts_and_a_log(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    names = {
        "index.json",
        "run.jsonl",
        "writer.lock",
        *(f"tiles/part-0000{number}.parquet" for number in range(3)),
    }
    assert everything(tmp_path / "i.csx").keys() == names
    events = [
        json.loads(line)["event"] for line in (tmp_path / "i.csx" / "run.jsonl").read_text().splitlines()
    ]
    assert events == ["started", "part", "part", "part", "complete"]


def test_every_batch_has_the_same_shape(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    assert set(colour_model.batch_shapes) == {(4, 3, TILE, TILE)}  # type: ignore[attr-defined]
    assert len(colour_model.batch_shapes) == 9  # type: ignore[attr-defined]


@pytest.mark.parametrize("batches", [3, 4, 6, 7])
def test_a_build_that_was_stopped_goes_on_and_ends_with_the_same_bytes(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path, batches: int
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "undisturbed.csx")
    with pytest.raises(StopError):
        build_index(pair, grid, stopping(colour_model, batches), tmp_path / "stopped.csx")
    kept = everything(tmp_path / "stopped.csx" / "tiles")
    assert len(kept) == batches // 3
    build_index(pair, grid, colour_model, tmp_path / "stopped.csx")
    assert identity(tmp_path / "stopped.csx") == identity(tmp_path / "undisturbed.csx")


def test_finished_parts_are_not_embedded_again(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    read = json.loads((tmp_path / "i.csx" / "index.json").read_text())
    read["properties"]["changeseek:state"] = "building"
    (tmp_path / "i.csx" / "index.json").write_text(json.dumps(read))
    (tmp_path / "i.csx" / "tiles" / "part-00001.parquet").unlink()
    again = replace(colour_model, batch_shapes=[])  # type: ignore[type-var]
    build_index(pair, grid, again, tmp_path / "i.csx")
    assert len(again.batch_shapes) == 3  # type: ignore[attr-defined]


def test_missing_parts_on_both_sides_of_a_finished_one_are_filled(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    before = identity(tmp_path / "i.csx")
    text = (tmp_path / "i.csx" / "index.json").read_text()
    (tmp_path / "i.csx" / "index.json").write_text(text.replace('"complete"', '"building"'))
    for number in (0, 2):
        (tmp_path / "i.csx" / "tiles" / f"part-0000{number}.parquet").write_bytes(b"damaged")
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    assert identity(tmp_path / "i.csx") == before


def test_a_finished_index_is_left_as_it_is(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    before = everything(tmp_path / "i.csx")
    again = build_index(pair, grid, stopping(colour_model, 0), tmp_path / "i.csx")
    assert len(again) == 29
    assert everything(tmp_path / "i.csx") == before


def test_parts_of_a_finished_index_that_are_missing_or_damaged_are_made_anew(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    before = identity(tmp_path / "i.csx")
    missing, damaged = (tmp_path / "i.csx" / "tiles" / f"part-0000{number}.parquet" for number in (0, 2))
    missing.unlink()
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    again = replace(colour_model, batch_shapes=[])  # type: ignore[type-var]
    build_index(pair, grid, again, tmp_path / "i.csx")
    assert identity(tmp_path / "i.csx") == before
    assert len(again.batch_shapes) == 6  # type: ignore[attr-defined]


def test_another_index_is_not_touched_and_the_difference_is_named(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    before = everything(tmp_path / "i.csx")
    with pytest.raises(OtherIndexError, match="another index: the tile grid differ"):
        build_index(pair, TileGrid(pair.grid, TILE, 8), colour_model, tmp_path / "i.csx")
    other_model = replace(colour_model, sha256="ee" * 32)  # type: ignore[type-var]
    with pytest.raises(OtherIndexError, match="the model differ"):
        build_index(pair, grid, other_model, tmp_path / "i.csx")
    other_size = replace(colour_model, patch_size=224)  # type: ignore[type-var]
    with pytest.raises(OtherIndexError, match="the model differ"):
        build_index(pair, grid, other_size, tmp_path / "i.csx")
    assert everything(tmp_path / "i.csx") == before


@pytest.mark.parametrize("content", [[], ["notes.txt"], ["index.json"]])
def test_a_folder_that_is_no_index_is_not_touched(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path, content: list[str]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in content:
        (folder / name).write_text("{}")
    with pytest.raises(IndexFolderError, match="nothing was touched"):
        build_index(pair, grid, colour_model, folder)
    assert everything(folder).keys() == set(content)


def test_a_file_is_no_folder(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    for directory in (tmp_path / "file", tmp_path / "file" / "i.csx"):
        with pytest.raises(IndexFolderError):
            build_index(pair, grid, colour_model, directory)
    assert (tmp_path / "file").read_text() == "mine"


def test_only_one_process_writes(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    with pytest.raises(StopError):
        build_index(pair, grid, stopping(colour_model, 3), tmp_path / "i.csx")
    before = identity(tmp_path / "i.csx")
    with writer_lock(tmp_path / "i.csx"), pytest.raises(IndexBusyError):
        build_index(pair, grid, colour_model, tmp_path / "i.csx")
    assert identity(tmp_path / "i.csx") == before


def blind_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another process's index come between the first look at the folder and the renaming."""
    look, calls = folder.existing, count()

    def existing(directory: Path, wanted: IndexRecord) -> IndexRecord | None:
        return None if next(calls) == 0 else look(directory, wanted)

    monkeypatch.setattr(folder, "existing", existing)


def test_the_folder_of_a_process_that_was_quicker_is_taken_over(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    before = everything(tmp_path / "i.csx")
    blind_at_first(monkeypatch)
    assert len(build_index(pair, grid, stopping(colour_model, 0), tmp_path / "i.csx")) == 29
    assert everything(tmp_path / "i.csx") == before
    assert {path.name for path in tmp_path.iterdir()} == {"before.tif", "after.tif", "i.csx"}


def test_the_other_index_of_a_process_that_was_quicker_is_not_touched(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    before = everything(tmp_path / "i.csx")
    blind_at_first(monkeypatch)
    with pytest.raises(IndexFolderError, match="another index"):
        build_index(pair, TileGrid(pair.grid, TILE, 8), colour_model, tmp_path / "i.csx")
    assert everything(tmp_path / "i.csx") == before


def test_who_made_the_folder_but_not_got_the_lock_leaves_it_to_the_other(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = folder.prepare

    def overtaken(directory: Path, wanted: IndexRecord) -> folder.PreparedFolder:
        prepared = prepare(directory, wanted)
        other.enter_context(writer_lock(directory))
        return prepared

    monkeypatch.setattr(build, "prepare", overtaken)
    with ExitStack() as other, pytest.raises(IndexBusyError):
        build_index(pair, grid, colour_model, tmp_path / "i.csx")
    assert read_record(tmp_path / "i.csx").state == "building"


def test_input_without_data_leaves_nothing_behind(
    write: Write, ground: NDArray[np.uint8], colour_model: PairModel, tmp_path: Path
) -> None:
    sparse = ground.copy()
    sparse[:, :, np.arange(COLS * TILE) % 3 > 0] = NODATA
    pair = open_pair(write("before.tif", ground), write("sparse.tif", sparse))
    with pytest.raises(NoOverlapError, match=f"no tile has {LEAST_VALID_FRACTION:.0%}"):
        build_index(
            pair, TileGrid(pair.grid, TILE, TILE), colour_model, tmp_path / "new" / "folder" / "i.csx"
        )
    assert not (tmp_path / "new").exists()


def test_a_failure_before_the_first_part_leaves_nothing_behind(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_index(pair, grid, stopping(colour_model, 2, KeyboardInterrupt()), tmp_path / "i.csx")
    assert {path.name for path in tmp_path.iterdir()} == {"before.tif", "after.tif"}


def test_a_fault_of_the_machine_keeps_whole_parts_only(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = parts.write_part

    def disk_that_fills(path: Path, *rest: object) -> None:
        if path.name == "part-00001.parquet":
            raise MachineFaultError(f"{path} could not be written: No space left on device", "Make room")
        whole(path, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(build, "write_part", disk_that_fills)
        with pytest.raises(MachineFaultError):
            build_index(pair, grid, colour_model, tmp_path / "i.csx")
    assert everything(tmp_path / "i.csx" / "tiles").keys() == {"part-00000.parquet"}
    assert read_record(tmp_path / "i.csx").state == "building"
    with pytest.raises(IndexFolderError, match="not finished"):
        open_index(tmp_path / "i.csx")
    assert len(build_index(pair, grid, colour_model, tmp_path / "i.csx")) == 29


def test_progress_counts_all_tiles_and_starts_where_the_last_run_stopped(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    reports: list[Progress] = []
    with pytest.raises(StopError):
        build_index(pair, grid, stopping(colour_model, 3), tmp_path / "i.csx", progress=reports.append)
    first_run = len(reports)
    build_index(pair, grid, colour_model, tmp_path / "i.csx", progress=reports.append)
    resumed = [report.done for report in reports[first_run:]]
    assert all(one < other for one, other in pairwise(resumed))
    assert resumed[0] > 10
    assert resumed[-1] == reports[-1].total == 30


def test_what_a_killed_run_left_of_a_part_is_swept_away(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    with pytest.raises(StopError):
        build_index(pair, grid, stopping(colour_model, 3), tmp_path / "i.csx")
    (tmp_path / "i.csx" / "tiles" / ".part-00001.4711.parquet").write_bytes(b"half a part")
    (tmp_path / "i.csx" / ".index.4711.json").write_bytes(b"half a record")
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    assert len(everything(tmp_path / "i.csx" / "tiles")) == 3
    assert not list((tmp_path / "i.csx").glob(".*"))


def test_a_model_that_was_renamed_is_still_the_model(
    pair: RasterPair, grid: TileGrid, colour_model: PairModel, tmp_path: Path
) -> None:
    build_index(pair, grid, colour_model, tmp_path / "i.csx")
    renamed = replace(colour_model, name="another name")  # type: ignore[type-var]
    assert build_index(pair, grid, renamed, tmp_path / "i.csx").record.model.name == "colours"
