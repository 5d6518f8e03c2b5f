"""A folder is suggested for the index, until the user chooses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from qgis.gui import QgsFileWidget

from changeseek.plugin.panel.images.destination import DestinationSection, free_folder, suggested_folder


def test_beside_the_later_raster(tmp_path: Path) -> None:
    raster = tmp_path / "town 2020.tif"
    raster.touch()
    assert suggested_folder(str(raster), "/elsewhere") == str(tmp_path / "town-2020.csx")


@pytest.mark.parametrize("name", ["after.tif", "2015.tif", "t2.tif", "post_2.tif"])
def test_named_for_the_folder_where_the_file_says_only_when(tmp_path: Path, name: str) -> None:
    raster = tmp_path / "harbour town" / name
    raster.parent.mkdir()
    raster.touch()
    assert suggested_folder(str(raster), "") == str(raster.parent / "harbour-town.csx")


def test_with_the_project_where_the_raster_is_no_file(tmp_path: Path) -> None:
    assert suggested_folder("/vsicurl/x/town.tif", str(tmp_path)) == str(tmp_path / "town.csx")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_not_where_one_may_not_write(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    (locked / "town.tif").touch()
    locked.chmod(0o500)
    assert suggested_folder(str(locked / "town.tif"), str(tmp_path)) == str(tmp_path / "town.csx")


def test_at_home_where_there_is_neither() -> None:
    assert suggested_folder("/vsicurl/x/town.tif", "") == str(Path.home() / "town.csx")


def test_another_name_counts_on(tmp_path: Path) -> None:
    (tmp_path / "town.csx").mkdir()
    (tmp_path / "town-2.csx").mkdir()
    assert free_folder(str(tmp_path / "town.csx")) == str(tmp_path / "town-3.csx")
    assert free_folder(str(tmp_path / "town-2.csx")) == str(tmp_path / "town-3.csx")


def test_what_the_user_chose_stays(shown: Any, tmp_path: Path) -> None:
    section = shown(DestinationSection())
    first, second = tmp_path / "lake.tif", tmp_path / "town.tif"
    first.touch()
    second.touch()
    section.suggest(str(first))
    assert section.folder == str(tmp_path / "lake.csx")
    section.suggest(str(second))
    assert section.folder == str(tmp_path / "town.csx")
    section.findChild(QgsFileWidget, "changeseek_folder").setFilePath(str(tmp_path / "mine.csx"))
    section.suggest(str(first))
    assert section.folder == str(tmp_path / "mine.csx")
