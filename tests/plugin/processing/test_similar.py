"""`changeseek:similar` with the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingException

from changeseek.core.engine.messages import Similar
from changeseek.plugin.gate.session import the_gate

Run = Callable[..., dict[str, Any]]


def test_gives_the_tiles_that_the_engine_finds_alike(run: Run, small_index: Path) -> None:
    found = run("similar", INDEX=str(small_index), TILE_ID=" r002c003 ", K=7, OUTPUT="memory:")
    expected = the_gate().call(Similar(str(small_index), "r002c003", 7))
    rows = [
        (one["rank"], one["tile_id"], one["score"], one["query"]) for one in found["OUTPUT"].getFeatures()
    ]
    assert rows == [(hit.rank, hit.tile_id, hit.score, "r002c003") for hit in expected.hits]
    assert found["HITS"] == 7
    assert "r002c003" not in [row[1] for row in rows]


def test_an_unknown_tile_is_told_with_those_that_there_are(run: Run, small_index: Path) -> None:
    with pytest.raises(QgsProcessingException, match=r"no tile r099c099\. Tiles go from .* to r007c007"):
        run("similar", INDEX=str(small_index), TILE_ID="r099c099", OUTPUT="memory:")


def test_no_tile_is_refused(run: Run, small_index: Path) -> None:
    with pytest.raises(QgsProcessingException, match="No tile is named"):
        run("similar", INDEX=str(small_index), TILE_ID=" ", OUTPUT="memory:")
