"""The scripting interface over the tests' engine."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from changeseek.plugin.scripting import ChangeSeek


@pytest.fixture
def asking(gate: Any, qgis_new_project: None) -> ChangeSeek:
    return ChangeSeek(gate)


@pytest.fixture(autouse=True)
def _no_layer_outlives_its_test(qgis_new_project: None) -> Iterator[None]:
    yield
    gc.collect()
