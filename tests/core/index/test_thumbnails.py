from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from changeseek.core.errors import ExportError, UnknownTileError
from changeseek.core.index.thumbnails import draw_thumbnails
from changeseek.core.progress import Progress
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches
from changeseek.tests.core.engine.rasters import write_raster

TILE = 32


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> RasterPair:
    folder = tmp_path_factory.mktemp("rasters")
    return open_pair(write_raster(folder / "2001.tif", 1, 160), write_raster(folder / "2002.tif", 2, 160))


@pytest.fixture(scope="module")
def tiles(pair: RasterPair) -> TileGrid:
    return TileGrid(pair.grid, TILE, TILE)


def pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.asarray(image).transpose(2, 0, 1)


def test_pictures_are_what_the_model_sees(pair: RasterPair, tiles: TileGrid, tmp_path: Path) -> None:
    [one, other] = draw_thumbnails(pair, tiles, ["r003c001", "r000c002"], tmp_path, TILE)
    assert one.before.name == "r003c001-before.png"
    blocks = list(read_patches(pair, tiles))
    patches = np.concatenate([block.patches for block in blocks])
    for files, tile in ((one, 16), (other, 2)):
        assert np.array_equal(pixels(files.before), patches[tile][0])
        assert np.array_equal(pixels(files.after), patches[tile][1])


def test_what_lies_there_is_not_drawn_again(pair: RasterPair, tiles: TileGrid, tmp_path: Path) -> None:
    [first] = draw_thumbnails(pair, tiles, ["r000c000"], tmp_path, 8)
    first.before.write_bytes(b"mine")
    reports: list[Progress] = []
    draw_thumbnails(pair, tiles, ["r000c000", "r000c001"], tmp_path, 8, progress=reports.append)
    assert first.before.read_bytes() == b"mine"
    assert [(report.done, report.total) for report in reports] == [(2, 2)]
    first.after.unlink()
    draw_thumbnails(pair, tiles, ["r000c000"], tmp_path, 8)
    assert pixels(first.before).shape == (3, 8, 8)


def test_nothing_unfinished_is_left(pair: RasterPair, tiles: TileGrid, tmp_path: Path) -> None:
    ids = [tiles.tile_id(tile) for tile in range(25)]
    assert len(draw_thumbnails(pair, tiles, ids + ids, tmp_path / "new", 8)) == 50
    assert len(list((tmp_path / "new").iterdir())) == 50


@pytest.mark.parametrize("side", [0, -1, 5000])
def test_the_side_is_one_of_a_picture(pair: RasterPair, tiles: TileGrid, tmp_path: Path, side: int) -> None:
    with pytest.raises(ExportError, match=str(side)):
        draw_thumbnails(pair, tiles, ["r000c000"], tmp_path, side)


def test_an_unknown_tile_is_told_before_anything_is_made(
    pair: RasterPair, tiles: TileGrid, tmp_path: Path
) -> None:
    with pytest.raises(UnknownTileError):
        draw_thumbnails(pair, tiles, ["r000c000", "r009c000"], tmp_path / "new", 8)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_told(pair: RasterPair, tiles: TileGrid, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ExportError, match="file"):
        draw_thumbnails(pair, tiles, ["r000c000"], tmp_path / "file", 8)
    with pytest.raises(ExportError, match="xxx"):
        draw_thumbnails(pair, tiles, ["r000c000"], tmp_path / ("x" * 300), 8)


def test_a_picture_that_cannot_be_written_is_told(pair: RasterPair, tiles: TileGrid, tmp_path: Path) -> None:
    (tmp_path / f".r000c000-before.{os.getpid()}.png").mkdir()
    with pytest.raises(ExportError, match="pictures cannot be written into"):
        draw_thumbnails(pair, tiles, ["r000c000"], tmp_path, 8)
