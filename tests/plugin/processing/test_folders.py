"""The folder that an index goes into, as people choose it in a dialog."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.plugin.processing.folders import made_way


def test_an_empty_folder_makes_way(tmp_path: Path) -> None:
    folder = tmp_path / "town.csx"
    folder.mkdir()
    with made_way(folder):
        assert not folder.exists()


def test_an_empty_folder_is_back_after_a_failure(tmp_path: Path) -> None:
    folder = tmp_path / "town.csx"
    folder.mkdir()
    with pytest.raises(ValueError, match="no"), made_way(folder):
        raise ValueError("no")
    assert list(folder.iterdir()) == []


def test_what_was_built_stays(tmp_path: Path) -> None:
    folder = tmp_path / "town.csx"
    folder.mkdir()
    with made_way(folder):
        folder.mkdir()
        (folder / "index.json").touch()
    assert [file.name for file in folder.iterdir()] == ["index.json"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with made_way(tmp_path):
        assert (tmp_path / "letter.txt").exists()


def test_what_does_not_exist_is_not_made(tmp_path: Path) -> None:
    with made_way(tmp_path / "town.csx"):
        pass
    assert list(tmp_path.iterdir()) == []
