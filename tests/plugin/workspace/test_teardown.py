"""When the plugin goes, its workspace leaves nothing but the layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.gui import QgsRubberBand

from changeseek.core.engine.messages import FeedbackStatus
from changeseek.plugin.map.tile_tool import TileTool
from changeseek.plugin.settings import Settings
from changeseek.plugin.workspace import Workspace


def _bands(canvas: Any) -> int:
    return sum(isinstance(item, QgsRubberBand) for item in canvas.scene().items())


def _listeners(project: QgsProject) -> list[int]:
    return [project.receivers(signal) for signal in (project.writeProject, project.cleared)]


def test_nothing_is_left_on_map_project_and_layer(
    qgis_iface: Any,
    qgis_canvas: Any,
    qgis_new_project: None,
    gate: Any,
    settings: Settings,
    index: Path,
    qtbot: Any,
) -> None:
    project, bands = QgsProject.instance(), _bands(qgis_canvas)
    listeners = _listeners(project)
    workspace = Workspace(qgis_iface, gate, settings)
    with qtbot.waitSignal(workspace.indexOpened):
        workspace.open_index(index)
    with qtbot.waitSignal(workspace.hitsFound):
        workspace.search("houses were built")
    workspace.choose_tile("r000c000")
    workspace.pick_tiles(True)
    workspace.flicker(True)
    layer = workspace.hits_layer
    assert layer is not None
    listening = layer.receivers(layer.selectionChanged)
    workspace.search("a lake appeared")
    workspace.teardown()
    assert _bands(qgis_canvas) == bands
    assert not isinstance(qgis_canvas.mapTool(), TileTool)
    assert _listeners(project) == listeners
    assert layer.receivers(layer.selectionChanged) == listening - 1
    assert len(project.mapLayers()) == 3
    assert workspace.index is None


def test_no_answer_comes_after_it(opened: Workspace, make_workspace: Any, qtbot: Any) -> None:
    other = make_workspace()
    answers: list[object] = []
    for signal in (other.modelsKnown, other.statusKnown, other.failed):
        signal.connect(lambda *given: answers.append(given))
    other.ask_models()
    other.ask_status()
    other._asking.drop_all()
    qtbot.wait(500)
    assert answers == []


def test_answers_that_wait_to_be_written_are_written_first(
    qgis_iface: Any,
    qgis_canvas: Any,
    qgis_new_project: None,
    gate: Any,
    settings: Settings,
    index: Path,
    qtbot: Any,
) -> None:
    workspace = Workspace(qgis_iface, gate, settings)
    with qtbot.waitSignal(workspace.indexOpened):
        workspace.open_index(index)
    before = gate.call(FeedbackStatus(str(index))).counts.similar
    for number in range(1, 4):
        workspace.answer_pair("r000c000", f"r007c00{number}", "similar")
    workspace.teardown()
    assert gate.call(FeedbackStatus(str(index))).counts.similar == before + 3


def test_a_workspace_that_was_never_used_goes_as_quietly(
    qgis_iface: Any, gate: Any, settings: Settings, qgis_canvas: Any
) -> None:
    bands = _bands(qgis_canvas)
    Workspace(qgis_iface, gate, settings).teardown()
    assert _bands(qgis_canvas) == bands
