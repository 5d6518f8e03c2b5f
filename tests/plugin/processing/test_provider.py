"""What people see of ChangeSeek in the toolbox, before anything is run."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProject,
)
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtCore import QSize, QUrl

from changeseek.core.engine.messages import Info
from changeseek.plugin.gate.session import the_gate
from changeseek.plugin.layers.remembered import Memory, Remembered
from changeseek.plugin.processing.provider import ALGORITHMS
from changeseek.tools.window.processes import Process, descendants

ROOT = Path(__file__).resolve().parents[3]
NAMES = ["index", "search", "similar", "caption", "propose_pairs", "import_answers", "status"]


def _registered() -> dict[str, Any]:
    provider = QgsApplication.processingRegistry().providerById("changeseek")
    return {algorithm.name(): algorithm for algorithm in provider.algorithms()}


def _names(name: str) -> list[str]:
    return [parameter.name() for parameter in _registered()[name].parameterDefinitions()]


def test_the_provider_has_its_seven_algorithms() -> None:
    provider = QgsApplication.processingRegistry().providerById("changeseek")
    assert provider.name() == "ChangeSeek"
    assert sorted(_registered()) == sorted(NAMES)
    assert len(ALGORITHMS) == len(NAMES)


def test_the_provider_says_its_version() -> None:
    version = QgsApplication.processingRegistry().providerById("changeseek").versionInfo()
    assert f"version={version}\n" in (ROOT / "metadata.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        (
            "index",
            "BEFORE AFTER TILE STRIDE GSD EXTENT MODEL DEVICE BANDS BANDS_AFTER DATES SHIFT_DATES INDEX",
        ),
        ("search", "INDEX QUERY MODE WITHOUT K OUTPUT"),
        ("similar", "INDEX TILE_ID K OUTPUT"),
        ("caption", "INDEX TILES TILE_ID K BANK OUTPUT"),
        ("propose_pairs", "INDEX QUERY MODE WITHOUT TILE_ID COUNT STRATEGY OUTPUT"),
        ("import_answers", "INDEX ANSWERS FIRST SECOND ANSWER LOG ANNOTATOR"),
        ("status", "INDEX"),
    ],
)
def test_parameters_keep_their_names(name: str, parameters: str) -> None:
    assert _names(name) == parameters.split()


@pytest.mark.parametrize("name", NAMES)
def test_every_algorithm_explains_itself(name: str) -> None:
    algorithm = _registered()[name]
    assert algorithm.displayName() and algorithm.group() and algorithm.groupId()
    assert len(algorithm.tags()) > 3
    assert len(algorithm.shortHelpString()) > 80


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_a_tooltip(name: str) -> None:
    untold = [one.name() for one in _registered()[name].parameterDefinitions() if not one.help()]
    assert [parameter for parameter in untold if parameter != "OUTPUT"] == []


@pytest.mark.parametrize("name", NAMES)
def test_help_opens_a_shipped_page_at_a_heading_of_that_name(name: str) -> None:
    url = QUrl(_registered()[name].helpUrl())
    page = Path(url.toLocalFile()).read_text(encoding="utf-8")
    assert re.search(rf"^## {url.fragment()}$", page, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_tells_of_every_parameter(name: str) -> None:
    page = (ROOT / "docs" / "processing.md").read_text(encoding="utf-8")
    part = page.split(f"## {name}\n")[1].split("\n## ")[0]
    assert [one for one in _names(name) if f"`{one}`" not in part] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_algorithm_has_a_picture(name: str) -> None:
    picture = _registered()[name].icon().pixmap(QSize(24, 24)).toImage()
    assert len({picture.pixelColor(x, y).rgba() for x in range(24) for y in range(24)}) > 3


@pytest.mark.parametrize("name", NAMES)
def test_algorithms_run_in_the_background_and_can_be_cancelled(name: str) -> None:
    flags = _registered()[name].flags()
    assert not flags & Qgis.ProcessingAlgorithmFlag.NoThreading
    assert flags & Qgis.ProcessingAlgorithmFlag.CanCancel


def test_few_need_bands_and_dates() -> None:
    index = _registered()["index"]
    advanced = [
        one.name()
        for one in index.parameterDefinitions()
        if one.flags() & QgsProcessingParameterDefinition.Flag.FlagAdvanced
    ]
    assert advanced == ["BANDS", "BANDS_AFTER", "DATES", "SHIFT_DATES"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "status"])
def test_cannot_run_where_no_engine_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANGESEEK_PYTHON", "/nowhere/python")
    can, why = _registered()[name].canExecute()
    assert not can
    assert "/nowhere/python" in why


def test_can_run_where_an_engine_is_found() -> None:
    assert all(algorithm.canExecute()[0] for algorithm in _registered().values())


def test_status_runs_without_an_engine_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANGESEEK_PYTHON", "/nowhere/python")
    assert _registered()["status"].canExecute()[0]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "index"])
def test_a_dialog_offers_the_index_that_is_open_in_the_project(
    name: str, gate: Any, small_index: Path, qgis_new_project: None
) -> None:
    def offered() -> Any:
        algorithm = _registered()[name].create()
        folder = algorithm.parameterDefinition("INDEX")
        field = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(
            folder, QgsProcessingGui.WidgetType.Standard
        )
        widget = field.createWrappedWidget(QgsProcessingContext())
        value = field.parameterValue()
        widget.deleteLater()
        return value

    assert not offered()
    remembered = Remembered(QgsProject.instance())
    remembered.write(Memory(gate.call(Info(str(small_index)))))
    assert offered() == str(small_index)
    # A script names its folder itself.
    assert not _registered()[name].create().parameterDefinition("INDEX").defaultValue()
    remembered.forget()
    assert not offered()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_looking_at_algorithms_starts_no_engine() -> None:
    was_running = the_gate().running
    before = _children()
    for algorithm in _registered().values():
        algorithm.create().canExecute()
        algorithm.shortHelpString()
    assert the_gate().running == was_running
    assert _children() <= before


def _children() -> set[Process]:
    return set(descendants(os.getpid()))
