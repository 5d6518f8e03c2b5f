from __future__ import annotations

import json
from pathlib import Path

import pytest

from changeseek.core.demo.folder import DemoFolder, DrawnFrom, drawn_from
from changeseek.core.errors import DemoFolderError

WANTED = DrawnFrom(1, 512, "the code of today")


def files_in(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


@pytest.mark.parametrize("there", [False, True])
def test_a_new_or_empty_folder_becomes_the_demos(tmp_path: Path, there: bool) -> None:
    folder = DemoFolder(tmp_path / "deep" / "demo")
    if there:
        folder.directory.mkdir(parents=True)
    folder.claim(WANTED)
    assert json.loads(folder.marker.read_text()) == {"seed": 1, "size": 512, "drawing": "the code of today"}
    assert not folder.is_drawn


def test_a_folder_with_something_else_is_refused_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "before.tif").write_bytes(b"mine")
    with pytest.raises(DemoFolderError, match="is not the demo's"):
        DemoFolder(tmp_path).claim(WANTED)
    assert files_in(tmp_path) == {"before.tif": b"mine"}


def test_so_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "demo").write_bytes(b"mine")
    with pytest.raises(DemoFolderError):
        DemoFolder(tmp_path / "demo").claim(WANTED)
    with pytest.raises(DemoFolderError, match="cannot be made"):
        DemoFolder(tmp_path / "demo" / "inside").claim(WANTED)


def test_the_demo_of_another_seed_is_not_touched(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path)
    folder.claim(WANTED)
    before = files_in(tmp_path)
    with pytest.raises(DemoFolderError, match="seed 1"):
        folder.claim(DrawnFrom(2, 512, WANTED.drawing))
    assert files_in(tmp_path) == before


def test_the_same_demo_is_taken_up(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path)
    folder.claim(WANTED)
    folder.before.write_bytes(b"drawn")
    folder.claim(WANTED)
    assert folder.before.read_bytes() == b"drawn"


def test_what_older_code_drew_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path)
    folder.claim(DrawnFrom(1, 512, "the code of yesterday"))
    for path in (folder.before, folder.truth, folder.directory / "notes.txt"):
        path.write_bytes(b"old")
    folder.index.mkdir()
    folder.claim(WANTED)
    assert sorted(files_in(tmp_path)) == ["demo.json", "notes.txt"]


def test_a_scene_follows_from_its_seed_its_size_and_the_code_that_draws_it() -> None:
    assert drawn_from(1, 512) == drawn_from(1, 512)
    assert drawn_from(1, 512) != drawn_from(1, 1024)
    assert len(drawn_from(1, 512).drawing) == 64
