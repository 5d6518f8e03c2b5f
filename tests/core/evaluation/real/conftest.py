"""A small grid on which made-up truth is laid."""

from __future__ import annotations

import pytest

from changeseek.core.raster.grid import PixelGrid
from changeseek.tests.core.evaluation.real.rasters import CRS, TRANSFORM


@pytest.fixture
def grid() -> PixelGrid:
    """Eight by twelve pixels of ten metres."""
    return PixelGrid(CRS, TRANSFORM, 12, 8)
