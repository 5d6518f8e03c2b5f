from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest

from changeseek.core.errors import ExportError, MachineFaultError
from changeseek.core.index.outlines import LAYER, write_outlines
from changeseek.core.index.store import Index


def test_every_tile_has_an_outline_with_its_name(forty_tiles: Index, tmp_path: Path) -> None:
    path = tmp_path / "new" / "tiles.gpkg"
    write_outlines(forty_tiles, path)
    meta, _, _, (tile_ids, rows, cols) = pyogrio.raw.read(path, layer=LAYER)
    assert list(tile_ids) == forty_tiles.tile_ids
    assert (set(rows), list(cols)) == ({0}, list(range(40)))
    assert meta["crs"] == "EPSG:32633"
    assert pyogrio.read_bounds(path, layer=LAYER)[1].T.tolist() == forty_tiles.bounds.tolist()


def test_a_file_of_that_name_is_replaced(forty_tiles: Index, tmp_path: Path) -> None:
    path = tmp_path / "tiles.gpkg"
    path.write_text("older")
    write_outlines(forty_tiles, path)
    assert pyogrio.read_info(path)["features"] == 40
    assert [file.name for file in tmp_path.iterdir()] == ["tiles.gpkg"]


def test_only_a_geopackage_is_written(forty_tiles: Index, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"tiles\.shp"):
        write_outlines(forty_tiles, tmp_path / "tiles.shp")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ExportError, match="cannot be made"):
        write_outlines(forty_tiles, tmp_path / "file" / "tiles.gpkg")


def test_a_file_that_cannot_be_written_is_told(forty_tiles: Index, tmp_path: Path) -> None:
    too_long = tmp_path / f"{'x' * 245}.gpkg"
    with pytest.raises(MachineFaultError, match="could not be written: unable to open") as raised:
        write_outlines(forty_tiles, too_long)
    assert str(too_long) in raised.value.message
    with pytest.raises(ExportError, match="cannot be made"):
        write_outlines(forty_tiles, tmp_path / ("x" * 300) / "tiles.gpkg")
