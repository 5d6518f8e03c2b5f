"""The real engine behind real pipes, and a small index to ask it about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from changeseek.core.engine.messages import BuildIndex
from changeseek.tests.core.engine.rasters import Rasters, write_raster
from changeseek.tests.core.engine.talking import ROOT, Engine, StartEngine


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Logs go to a folder of the tests; what takes long to derive stays for the next run."""
    logs = tmp_path_factory.mktemp("state")
    folders = {"XDG_STATE_HOME": str(logs), "XDG_CACHE_HOME": str(ROOT / "build" / "test-cache")}
    return {**os.environ, **folders}


@pytest.fixture(scope="session")
def log(environment: dict[str, str]) -> Path:
    return Path(environment["XDG_STATE_HOME"], "changeseek", "log", "engine.log")


@pytest.fixture(scope="session")
def start_engine(environment: dict[str, str]) -> StartEngine:
    return StartEngine(environment)


@pytest.fixture(scope="session")
def engine(start_engine: StartEngine) -> Iterator[Engine]:
    """One engine for all tests that leave it alive."""
    with start_engine() as engine:
        yield engine


@pytest.fixture(scope="session")
def rasters(tmp_path_factory: pytest.TempPathFactory) -> Rasters:
    folder = tmp_path_factory.mktemp("rasters")
    return Rasters(
        write_raster(folder / "a-2010-05-01.tif", 1, 320), write_raster(folder / "b-2020-05-01.tif", 2, 320)
    )


@pytest.fixture(scope="session")
def index(engine: Engine, rasters: Rasters, tmp_path_factory: pytest.TempPathFactory) -> str:
    """5 x 5 tiles of 64 pixels, built by the engine."""
    directory = str(tmp_path_factory.mktemp("indexes") / "small.csx")
    built = engine.ask(BuildIndex(*rasters, directory, tile=64, device="cpu"))
    assert (built.state, built.tiles) == ("complete", 25)
    return directory
