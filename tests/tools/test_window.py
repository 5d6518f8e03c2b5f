"""The parts of the driven window that need no window: places, pictures, processes, the table."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from changeseek.tools.window.journey import Journey, Step, expect, table
from changeseek.tools.window.pictures import MOST_BYTES, make_small
from changeseek.tools.window.processes import Process, descendants, is_running
from changeseek.tools.window.profile import DARK, write_profile
from changeseek.tools.window.seen import NotSeenError, Rect, State


def test_a_rectangle_knows_its_middle_and_its_shares() -> None:
    place = Rect(10, 20, 101, 11)
    assert place.centre == (60, 25)
    assert [place.at(0, 0), place.at(1, 1), place.at(0.5, 0.5)] == [(10, 20), (110, 30), (60, 25)]


def test_what_the_window_says_becomes_types() -> None:
    layer = {
        "name": "hits",
        "valid": True,
        "source": "a.gpkg",
        "crs": "EPSG:25833",
        "features": 3,
        "dated": False,
        "checked": True,
    }
    state = State.read({"title": "QGIS", "project": "", "layers": [layer], "messages": ["saved"]})
    assert state.layers[0].features == 3
    assert state.messages == ("saved",)


def test_the_profile_switches_the_plugin_on_or_off(tmp_path: Path) -> None:
    for enabled in (True, False):
        write_profile(tmp_path, DARK, enabled=enabled)
        settings = ConfigParser()
        settings.read(tmp_path / "profiles" / "changeseek" / "QGIS" / "QGIS3.ini")
        assert settings.getboolean("PythonPlugins", "changeseek") is enabled
        assert settings["UI"]["UITheme"] == DARK
        assert not settings.getboolean("qgis", "checkVersion")


def test_a_picture_is_made_small_enough_for_a_document(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (700, 800, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "large.png")
    make_small(tmp_path / "large.png", tmp_path / "docs" / "small.png")
    assert (tmp_path / "docs" / "small.png").stat().st_size <= MOST_BYTES
    with Image.open(tmp_path / "docs" / "small.png") as small:
        assert small.size == (800, 700)


@pytest.fixture
def processes(tmp_path: Path) -> Path:
    """A folder as the system keeps it: 2 is a child of 1, 3 of 2, 4 has ended and waits to be read."""
    for number, parent, name, state in (
        (1, 0, "qgis", "S"),
        (2, 1, "a) b", "S"),
        (3, 2, "c", "R"),
        (4, 1, "d", "Z"),
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "stat").write_text(f"{number} ({name}) {state} {parent} 0 0", encoding="utf-8")
        (folder / "cmdline").write_bytes(f"{name}\0-m\0engine\0".encode())
    (tmp_path / "self").mkdir()
    return tmp_path


def test_children_of_children_are_found(processes: Path) -> None:
    assert descendants(1, processes) == [Process(2, 1, "a) b -m engine"), Process(3, 2, "c -m engine")]


def test_a_process_that_has_ended_is_not_running(processes: Path) -> None:
    assert is_running(3, processes)
    assert not is_running(4, processes)
    assert not is_running(5, processes)


def test_the_table_names_steps_pictures_and_figures(tmp_path: Path) -> None:
    journey = Journey(tmp_path)
    journey.steps.append(Step("start QGIS", 2.345, (tmp_path / "01-start-qgis.png",)))
    journey.measure("query to map", "120 ms")
    lines = table(journey).splitlines()
    assert lines[1].split() == ["1", "start", "QGIS", "2.3", "01-start-qgis.png"]
    assert lines[-1] == "query to map: 120 ms"


def test_what_is_not_as_expected_says_what() -> None:
    expect(True, "all is well")
    with pytest.raises(NotSeenError, match="it is not so that the list has hits"):
        expect([], "the list has hits")
