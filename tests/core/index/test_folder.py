"""A folder whose name the disk does not take is bad input, whoever looks at it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from changeseek.core.errors import IndexFolderError
from changeseek.core.index.folder import prepare
from changeseek.core.index.manifest import IndexRecord
from changeseek.core.index.store import read_record

TOO_LONG = "x" * 300


def test_a_name_that_is_too_long_cannot_be_made(record: IndexRecord, tmp_path: Path) -> None:
    for folder in (tmp_path / TOO_LONG, tmp_path / TOO_LONG / "inside.csx"):
        with pytest.raises(IndexFolderError, match="cannot be made"):
            prepare(folder, record)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_too_long_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="no folder"):
        read_record(tmp_path / TOO_LONG)


def test_what_a_killed_run_left_beside_the_folder_is_swept_away_once_it_is_old(
    record: IndexRecord, tmp_path: Path
) -> None:
    old, young, other = (tmp_path / f".made.csx.{name}" for name in ("0123abcd", "4567cdef", "notes"))
    for folder in (old, young, other):
        folder.mkdir()
    for folder in (old, other):
        os.utime(folder, (1e9, 1e9))
    prepare(tmp_path / "made.csx", record)
    assert {path.name for path in tmp_path.iterdir()} == {"made.csx", young.name, other.name}
