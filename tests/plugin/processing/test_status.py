"""`changeseek:status`: what there is, what is missing, what to do next."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from changeseek.plugin.gate.session import close_the_gate

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another session's start: no engine runs, and the interpreter that is named does not exist."""
    close_the_gate()
    monkeypatch.setenv("CHANGESEEK_PYTHON", "/nowhere/python")
    yield
    close_the_gate()


def test_says_what_the_engine_has(run: Run, feedback: Any) -> None:
    status = run("status")
    assert status["ENGINE"] is True
    assert status["DEVICE"] in status["MESSAGE"]
    assert "embedded" in status["MODELS"].split(",")
    assert "torch" in status["MESSAGE"]
    assert [line for line in feedback.infos if line.startswith("engine's Python: ")]


def test_tells_of_an_index_and_its_rasters(run: Run, small_index: Path, two_dates: Any) -> None:
    message = run("status", INDEX=str(small_index))["MESSAGE"]
    assert "8 x 8 tiles of 64 pixels, complete" in message
    assert f"before: {two_dates.before} (unchanged)" in message


def test_a_folder_that_is_no_index_is_told_and_no_error(run: Run, tmp_path: Path) -> None:
    status = run("status", INDEX=str(tmp_path))
    assert status["ENGINE"] is True
    assert str(tmp_path) in status["MESSAGE"]


def test_an_index_of_a_lost_raster_says_so(run: Run, two_dates: Any, tmp_path: Path) -> None:
    before = Path(shutil.copy(two_dates.before, tmp_path))
    run("index", BEFORE=str(before), AFTER=str(two_dates.after), TILE=256, INDEX=str(tmp_path / "town.csx"))
    before.unlink()
    assert f"{before} (not found)" in run("status", INDEX=str(tmp_path / "town.csx"))["MESSAGE"]


def test_a_missing_engine_is_an_answer_with_the_way_out(no_engine: None, run: Run, feedback: Any) -> None:
    status = run("status")
    assert status["ENGINE"] is False
    assert "/nowhere/python" in status["MESSAGE"]
    assert feedback.warnings == [status["MESSAGE"]]
    assert "Name another" in status["MESSAGE"]


def test_a_python_without_the_engines_packages_is_an_answer_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_the_gate()
    monkeypatch.setenv("CHANGESEEK_PYTHON", "/usr/bin/python3")
    status = run("status")
    close_the_gate()
    assert status["ENGINE"] is False
    assert ". " in status["MESSAGE"]


def test_other_algorithms_say_that_the_engine_is_missing(
    no_engine: None, run: Run, small_index: Path
) -> None:
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException, match=r"/nowhere/python.*\. Name another"):
        run("search", INDEX=str(small_index), QUERY="a lake", OUTPUT="memory:")
