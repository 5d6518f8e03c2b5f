"""Results lie beside the index, or in the user's cache where the index cannot be written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from changeseek.plugin.layers.folders import cache_folder, writable_folder


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_an_index_keeps_its_results(qgis_app: Any, tmp_path: Path) -> None:
    index = tmp_path / "town.csx"
    index.mkdir()
    assert writable_folder(index, "hits") == index / "hits"
    assert list((index / "hits").iterdir()) == []


def test_where_the_index_cannot_be_written_the_cache_stands_for_it(qgis_app: Any, tmp_path: Path) -> None:
    index = tmp_path / "town.csx"
    index.mkdir()
    # A file of that name stops even an administrator, whom a read-only folder does not.
    (index / "hits").write_text("")
    folder = writable_folder(index, "hits")
    assert folder == cache_folder(index, "hits")
    assert folder.is_dir()


def test_two_indexes_of_the_same_name_do_not_share_a_cache(qgis_app: Any, tmp_path: Path) -> None:
    one, other = (cache_folder(tmp_path / where / "town.csx", "hits") for where in "ab")
    assert one != other
