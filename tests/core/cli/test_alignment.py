from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasterio.transform import from_origin

from changeseek.core.index.sources import open_sources
from changeseek.core.index.store import read_record
from changeseek.tests.core.cli.conftest import write_raster

Cli = Callable[..., Any]


@pytest.fixture
def shifted(tmp_path: Path) -> tuple[Path, Path]:
    """One picture twice; the later file lies 5 pixels too far east and 2 too far north."""
    rough = np.random.default_rng(1).integers(0, 256, (3, 50, 50), dtype=np.uint8)
    picture = rough.repeat(4, axis=1).repeat(4, axis=2)
    before = write_raster(tmp_path / "2010-05-01.tif", picture)
    place = from_origin(500005, 5000002, 1, 1)
    return before, write_raster(tmp_path / "2020-05-01.tif", picture, transform=place)


def test_a_shift_is_said_before_embedding_and_kept(
    cli: Cli, shifted: tuple[Path, Path], tmp_path: Path
) -> None:
    built = cli("index", *shifted, "-o", tmp_path / "i.csx", "--tile", 32)
    assert built.code == 0
    first = built.err.splitlines()[0]
    assert first.startswith("warning: the later date lies 5.0 px east and 2.0 px north of where it should")
    assert first.endswith("Move it back (--shift-dates), or take larger tiles")
    check = cli("info", tmp_path / "i.csx", "--json").json["check"]
    assert check["shift"] == pytest.approx([5, -2], abs=0.1)
    assert check["agreement"] == 1
    assert "shifted by 5.4 px (5.0 px east and 2.0 px north)" in cli("info", tmp_path / "i.csx").out


def test_the_later_date_is_moved_back_on_demand(cli: Cli, shifted: tuple[Path, Path], tmp_path: Path) -> None:
    command = ["index", *shifted, "-o", tmp_path / "i.csx", "--tile", 32]
    built = cli(*command, "--shift-dates")
    assert built.code == 0
    assert "of where it should" not in built.err
    assert "it was moved back" in cli("info", tmp_path / "i.csx").out
    record = read_record(tmp_path / "i.csx")
    assert record.preprocessing["after_moved"] == pytest.approx([5, -2], abs=0.05)
    pair, _ = open_sources(record)
    assert pair.moved == (5.0, -2.0)
    assert (pair.after.transform.c, pair.after.transform.f) == pytest.approx((500000, 5000000), abs=0.05)

    again = cli(*command, "--shift-dates")
    assert (again.code, "nothing to do" in again.err) == (0, True)
    other = cli(*command)
    assert other.code == 2
    assert "the preprocessing differ" in other.err


def test_a_shift_that_cannot_be_measured_is_not_taken_out(cli: Cli, tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    rasters = [
        write_raster(tmp_path / name, chance.integers(0, 256, (3, 200, 200), dtype=np.uint8))
        for name in ("2010-05-01.tif", "2020-05-01.tif")
    ]
    refused = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 32, "--shift-dates")
    assert refused.code == 2
    assert refused.err == (
        "changeseek: the shift between the dates could not be measured, so it cannot be taken out. Leave "
        "--shift-dates out, or align the rasters first, in QGIS with the Georeferencer\n"
    )
    assert not (tmp_path / "i.csx").exists()


def test_an_index_that_nobody_checked_is_the_same_index(
    cli: Cli, shifted: tuple[Path, Path], tmp_path: Path
) -> None:
    command = ["index", *shifted, "-o", tmp_path / "i.csx", "--tile", 32]
    assert cli(*command).code == 0
    manifest = tmp_path / "i.csx" / "index.json"
    document = json.loads(manifest.read_text())
    del document["properties"]["changeseek:check"]
    manifest.write_text(json.dumps(document))
    assert cli(*command).code == 0
    assert "not measured" in cli("info", tmp_path / "i.csx").out
