"""What the engine says of an index of the two drawn dates, without asking it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.engine.messages import InfoAnswer, Source


@pytest.fixture(autouse=True)
def _no_layer_outlives_its_test() -> Iterator[None]:
    """A raster layer that a caught error's frames still hold when QGIS ends makes Python crash."""
    yield
    gc.collect()


@pytest.fixture
def info(two_dates: Any, tmp_path: Path) -> InfoAnswer:
    before = Source(str(two_dates.before), "2015-06-01", (1, 2, 3), "unchanged")
    after = Source(str(two_dates.after), "2020-06-01", (1, 2, 3), "unchanged")
    return InfoAnswer(
        index=str(tmp_path / "town.csx"), state="complete", tiles=64, skipped=0, tiles_done=64,
        crs="EPSG:32633", transform=(1.0, 0.0, 500000.0, 0.0, -1.0, 5000000.0), width=512, height=512,
        gsd=1.0, tile=64, stride=64, rows=8, cols=8, model="embedded", model_here=True,
        before=before, after=after,
    )  # fmt: skip
