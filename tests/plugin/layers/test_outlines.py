"""The outlines of all tiles are a layer, made anew when the index is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.engine.messages import HitsAnswer
from changeseek.plugin.errors import LayerError
from changeseek.plugin.layers.hits import write_hits
from changeseek.plugin.layers.outlines import are_fresh, open_outlines


def test_outlines_have_no_fill_and_are_not_edited(qgis_app: Any, tmp_path: Path) -> None:
    write_hits([HitsAnswer("", 0)], tmp_path / "tiles.gpkg")
    layer = open_outlines(tmp_path / "tiles.gpkg")
    assert layer.readOnly()
    assert {one.brushStyle() for one in layer.renderer().symbol().symbolLayers()} == {0}


def test_a_missing_file_is_said(qgis_app: Any, tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="cannot be opened"):
        open_outlines(tmp_path / "tiles.gpkg")


def test_outlines_older_than_the_index_are_stale(tmp_path: Path) -> None:
    described, outlines = tmp_path / "index.json", tmp_path / "tiles.gpkg"
    assert not are_fresh(outlines, tmp_path)
    outlines.write_text("")
    assert not are_fresh(outlines, tmp_path)
    described.write_text("")
    os.utime(outlines, (2_000_000_000, 2_000_000_000))
    assert are_fresh(outlines, tmp_path)
    os.utime(described, (2_000_000_001, 2_000_000_001))
    assert not are_fresh(outlines, tmp_path)
