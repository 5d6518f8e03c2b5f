"""Long requests: progress, a second lane beside them, cancelling and going on."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from changeseek.core.engine.messages import BuildIndex, Info, Search
from changeseek.core.engine.protocol import CANCEL, CANCELLED, HEARTBEAT, PROGRESS, Answer, Call, Failure
from changeseek.tests.core.engine.rasters import Rasters, write_raster
from changeseek.tests.core.engine.talking import PATIENCE, Engine

TILE = 24


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Rasters:
    """20 x 20 tiles: two parts, some seconds."""
    folder = tmp_path_factory.mktemp("large")
    return Rasters(write_raster(folder / "2001.tif", 3, 480), write_raster(folder / "2002.tif", 4, 480))


def contents(directory: Path) -> dict[str, bytes]:
    """What makes an index, without its log and lock."""
    return {path.name: path.read_bytes() for path in [directory / "index.json", *directory.glob("tiles/*")]}


def wait_for(path: Path) -> None:
    last = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < last, f"{path} never came"
        time.sleep(0.02)


def test_a_build_reports_lets_others_ask_stops_and_goes_on(
    engine: Engine, large: Rasters, index: str, environment: dict[str, str], tmp_path: Path
) -> None:
    directory = tmp_path / "new.csx"
    request = BuildIndex(*large, str(directory), tile=TILE, device="cpu")
    build = engine.start(request)

    engine.until(lambda one: isinstance(one, Call) and one.params.get("id") == build)
    assert engine.ask(Search(index, "a lake")).tiles == 25
    engine.until(lambda one: isinstance(one, Call) and build in one.params.get("busy", []))

    wait_for(directory / "tiles" / "part-00000.parquet")
    engine.notify(CANCEL, id=build)
    failure = engine.result(build)
    assert isinstance(failure, Failure)
    assert failure.code == CANCELLED
    info = engine.ask(Info(str(directory)))
    assert (info.state, info.tiles, info.tiles_done) == ("building", None, 240)

    assert engine.ask(request).tiles == 400
    reports = [one for one in engine.notifications(PROGRESS) if one["id"] == build + 3]
    assert reports[0]["done"] >= 240
    assert (reports[-1]["done"], reports[-1]["seconds_left"]) == (400, 0.0)

    undisturbed = tmp_path / "undisturbed.csx"
    command = ["index", *large, "-o", str(undisturbed), "--tile", str(TILE), "--device", "cpu"]
    subprocess.run(
        [sys.executable, "-m", "changeseek.core.cli", *command], check=True, env=environment, timeout=PATIENCE
    )
    assert contents(directory) == contents(undisturbed)


def test_progress_comes_a_few_times_a_second(engine: Engine, large: Rasters, tmp_path: Path) -> None:
    started = time.monotonic()
    build = engine.start(BuildIndex(*large, str(tmp_path / "new.csx"), tile=TILE))
    assert isinstance(engine.result(build), Answer)
    reports = [one for one in engine.notifications(PROGRESS) if one["id"] == build]
    assert 2 <= len(reports) <= 2 + 10 * (time.monotonic() - started)
    assert [one["done"] for one in reports] == sorted(one["done"] for one in reports)
    assert {one["total"] for one in reports} == {400}


def test_what_waits_is_cancelled_at_once(engine: Engine, large: Rasters, tmp_path: Path) -> None:
    first = engine.start(BuildIndex(*large, str(tmp_path / "first.csx"), tile=TILE))
    second = engine.start(BuildIndex(*large, str(tmp_path / "second.csx"), tile=TILE))
    engine.until(lambda one: isinstance(one, Call) and one.params.get("id") == first)
    for build in (second, first):
        engine.notify(CANCEL, id=build)
        failure = engine.result(build)
        assert isinstance(failure, Failure)
        assert failure.code == CANCELLED
    assert not (tmp_path / "second.csx").exists()


def test_what_was_cancelled_before_anything_is_worth_keeping_leaves_nothing(
    engine: Engine, large: Rasters, tmp_path: Path
) -> None:
    build = engine.start(BuildIndex(*large, str(tmp_path / "none.csx"), tile=TILE))
    wait_for(tmp_path / "none.csx")
    engine.notify(CANCEL, id=build)
    assert isinstance(engine.result(build), Failure)
    assert list(tmp_path.iterdir()) == []


def test_cancelling_what_is_unknown_does_nothing(engine: Engine, index: str) -> None:
    engine.notify(CANCEL, id=987654)
    engine.notify(CANCEL)
    engine.notify(CANCEL, id=[1])
    assert engine.ask(Info(index)).state == "complete"


def test_the_heart_beats_when_nobody_asks(engine: Engine) -> None:
    before, started = len(engine.notifications(HEARTBEAT)), time.monotonic()
    while len(engine.notifications(HEARTBEAT)) < before + 2:
        assert time.monotonic() - started < PATIENCE
        time.sleep(0.1)
    assert engine.notifications(HEARTBEAT)[-1] == {"busy": []}
