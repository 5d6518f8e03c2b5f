"""Indexes are found near what is used, quickly, whatever else lies there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from changeseek.plugin.panel.images.scan import find_indexes, read_record


@pytest.fixture
def near(tmp_path: Path, small_index: Path) -> Path:
    """A folder with an index in it, one in a folder below, and things that are none."""
    for name in ("town.csx", "below/other.csx", "below/deeper/too-deep.csx", ".hidden/hidden.csx"):
        (tmp_path / name).mkdir(parents=True)
        shutil.copy(small_index / "index.json", tmp_path / name)
    (tmp_path / "empty.csx").mkdir()
    (tmp_path / "broken.csx").mkdir()
    (tmp_path / "broken.csx" / "index.json").write_text('{"properties": {}}', encoding="utf-8")
    (tmp_path / "file.csx").write_text("no folder", encoding="utf-8")
    return tmp_path


def test_finds_those_in_a_folder_and_one_level_below(near: Path) -> None:
    assert [index.name for index in find_indexes([str(near)], [])] == ["town", "other"]


def test_says_dates_tiles_and_state(near: Path) -> None:
    (town, _) = find_indexes([str(near)], [])
    assert (town.dates, town.tiles, town.state) == (("2015-06-01", "2020-06-01"), 64, "complete")
    assert town.folder == str(near / "town.csx")


def test_recent_ones_come_first_and_each_is_there_once(near: Path) -> None:
    recent = [str(near / "below" / "deeper" / "too-deep.csx"), str(near / "below" / "other.csx"), "/gone.csx"]
    found = find_indexes([str(near), str(near / "below")], recent)
    assert [index.name for index in found] == ["too-deep", "other", "town"]


def test_folders_that_are_missing_or_empty_names_do_no_harm(tmp_path: Path) -> None:
    assert find_indexes(["", str(tmp_path / "none"), str(tmp_path)], []) == ()


def test_an_unfinished_index_says_so(near: Path) -> None:
    record = near / "town.csx" / "index.json"
    document = json.loads(record.read_text(encoding="utf-8"))
    document["properties"]["changeseek:state"] = "building"
    record.write_text(json.dumps(document), encoding="utf-8")
    found = read_record(str(near / "town.csx"))
    assert found is not None
    assert found.state == "building"


def test_a_huge_record_is_not_read(near: Path) -> None:
    (near / "town.csx" / "index.json").write_text("x" * 5_000_000, encoding="utf-8")
    assert read_record(str(near / "town.csx")) is None


def test_stops_when_nobody_waits_any_more(near: Path) -> None:
    assert find_indexes([str(near)], [], cancelled=lambda: True) == ()
