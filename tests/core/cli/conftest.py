"""The command line in process, on small rasters, with the model that sees colours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import platformdirs
import pytest
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin

from changeseek.core.cli.main import run
from changeseek.core.index.build import build_index
from changeseek.core.model import loading
from changeseek.core.model.device import choose_device
from changeseek.core.model.interface import PairModel
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid

TILE = 16
ROWS, COLS = 4, 5


class Outcome(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Outcome]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return call


@pytest.fixture(autouse=True)
def only_the_colour_model(monkeypatch: pytest.MonkeyPatch, colour_model: PairModel) -> None:
    real = loading.load_model

    def load(name_or_path: str | Path | None = None, device: str = "auto") -> PairModel:
        choose_device(device)
        return colour_model if name_or_path in (None, "colours") else real(name_or_path, device)

    monkeypatch.setattr(loading, "load_model", load)


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Logs and caches go to a folder of the test."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: folder / "log")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: folder / "cache")
    return folder


def write_raster(path: Path, pixels: NDArray[np.uint8], **profile: object) -> Path:
    settings = {
        "driver": "GTiff",
        "count": len(pixels),
        "height": pixels.shape[1],
        "width": pixels.shape[2],
        "dtype": "uint8",
        "crs": "EPSG:32633",
        "transform": from_origin(500000, 5000000, 1, 1),
    }
    with rasterio.open(path, "w", **(settings | profile)) as dataset:
        dataset.write(pixels)
    return path


class Rasters(NamedTuple):
    before: Path
    after: Path


@pytest.fixture(scope="session")
def rasters(tmp_path_factory: pytest.TempPathFactory) -> Rasters:
    """Noise on both dates; one tile turns red. Copy them before you harm them."""
    folder = tmp_path_factory.mktemp("rasters")
    ground = np.random.default_rng(5).integers(0, 256, (3, ROWS * TILE, COLS * TILE), dtype=np.uint8)
    after = ground.copy()
    after[:, 2 * TILE : 3 * TILE, 3 * TILE : 4 * TILE] = np.asarray([250, 5, 5])[:, None, None]
    before = write_raster(folder / "before_2009-08-18.tif", ground)
    return Rasters(before, write_raster(folder / "after_2015-09-26.tif", after))


@pytest.fixture(scope="session")
def built_once(
    rasters: Rasters, make_colour_model: Callable[[], PairModel], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    pair = open_pair(*rasters)
    directory = tmp_path_factory.mktemp("built") / "made.csx"
    build_index(pair, TileGrid(pair.grid, TILE, TILE), make_colour_model(), directory)
    return directory


@pytest.fixture
def indexed(built_once: Path, tmp_path: Path) -> Path:
    """An index of the two rasters, the test's own."""
    return Path(shutil.copytree(built_once, tmp_path / "made.csx"))
