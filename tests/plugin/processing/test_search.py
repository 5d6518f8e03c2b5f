"""`changeseek:search` with the real engine: texts in, styled polygons out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsGraduatedSymbolRenderer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)

from changeseek.core.engine.messages import Search
from changeseek.plugin.gate.session import the_gate

ROOT = Path(__file__).resolve().parents[3]
QUERY = "houses built on fields"
Run = Callable[..., dict[str, Any]]


def _hits(layer: QgsVectorLayer) -> list[tuple[int, str, float, float, list[float]]]:
    return [
        (
            feature["rank"],
            feature["tile_id"],
            feature["score"],
            feature["percentile"],
            _bounds(feature),
        )
        for feature in layer.getFeatures()
    ]


def _bounds(feature: Any) -> list[float]:
    box = feature.geometry().boundingBox()
    return [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]


def test_hits_are_those_of_the_command_line(run: Run, small_index: Path) -> None:
    found = run("search", INDEX=str(small_index), QUERY=QUERY, K=10, OUTPUT="memory:")
    command = [ROOT / ".venv" / "bin" / "changeseek", "search", small_index, QUERY, "-k", "10", "--json"]
    said = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True, timeout=600)
    expected = [
        (hit["rank"], hit["tile_id"], hit["score"], hit["percentile"], hit["bounds"])
        for hit in json.loads(said.stdout)["hits"]
    ]
    assert _hits(found["OUTPUT"]) == expected
    assert found["HITS"] == len(expected) == 10
    assert found["OUTPUT"].crs().authid() == "EPSG:32633"


def test_each_line_is_a_query_with_ranks_of_its_own(run: Run, small_index: Path, feedback: Any) -> None:
    found = run("search", INDEX=str(small_index), QUERY="forest -> houses\n\na lake", K=3, OUTPUT="memory:")
    rows = [(feature["query"], feature["rank"]) for feature in found["OUTPUT"].getFeatures()]
    assert rows == [(query, rank) for query in ("forest -> houses", "a lake") for rank in (1, 2, 3)]
    assert found["HITS"] == 6
    assert [line for line in feedback.infos if line.startswith("3 hits among 64 tiles")]


@pytest.mark.parametrize("mode", ["change", "after", "before"])
def test_a_mode_is_named_by_its_word(run: Run, small_index: Path, mode: str) -> None:
    found = run("search", INDEX=str(small_index), QUERY="a lake", MODE=mode, K=64, OUTPUT="memory:")
    expected = the_gate().call(Search(str(small_index), "a lake", mode, 64))
    assert [row[1] for row in _hits(found["OUTPUT"])] == [hit.tile_id for hit in expected.hits]


def test_without_takes_its_share(run: Run, small_index: Path) -> None:
    plain = run("search", INDEX=str(small_index), QUERY=QUERY, OUTPUT="memory:")
    less = run("search", INDEX=str(small_index), QUERY=QUERY, WITHOUT="a lake", OUTPUT="memory:")
    assert _hits(plain["OUTPUT"]) != _hits(less["OUTPUT"])


def test_a_geopackage_keeps_the_style(run: Run, small_index: Path, tmp_path: Path) -> None:
    file = tmp_path / "hits.gpkg"
    run("search", INDEX=str(small_index), QUERY=QUERY, OUTPUT=str(file))
    layer = QgsVectorLayer(str(file), "hits", "ogr")
    assert layer.featureCount() == 20
    assert isinstance(layer.renderer(), QgsGraduatedSymbolRenderer)


def test_hits_are_styled_and_named_when_they_reach_the_map(small_index: Path) -> None:
    from processing import runAndLoadResults

    runAndLoadResults(
        "changeseek:search", {"INDEX": str(small_index), "QUERY": QUERY, "OUTPUT": "TEMPORARY_OUTPUT"}
    )
    (layer,) = QgsProject.instance().mapLayers().values()
    assert isinstance(layer.renderer(), QgsGraduatedSymbolRenderer)
    assert layer.name() == f"Hits: {QUERY}"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"QUERY": " \n "}, "query is empty"),
        ({"QUERY": "a lake\nforest ->"}, "no whole transition"),
        ({"QUERY": "a lake", "WITHOUT": "-> houses"}, "no whole transition"),
        ({"QUERY": "a lake", "K": 0}, "value for K"),
        ({"QUERY": "a lake", "MODE": "sideways"}, "value for MODE"),
    ],
)
def test_wrong_input_is_refused_before_the_engine_is_asked(
    run: Run, small_index: Path, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(QgsProcessingException, match=words):
        run("search", INDEX=str(small_index), OUTPUT="memory:", **wrong)


def test_the_engines_refusal_comes_with_its_advice(run: Run, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match=r"is not an index.*\. [A-Z]"):
        run("search", INDEX=str(tmp_path), QUERY=QUERY, OUTPUT="memory:")


def test_a_cancelled_search_has_no_results(small_index: Path, feedback: Any) -> None:
    import processing

    feedback.cancel()
    parameters = {"INDEX": str(small_index), "QUERY": QUERY, "OUTPUT": "memory:"}
    assert processing.run("changeseek:search", parameters, feedback=feedback) == {}
    assert "cancelled" in feedback.infos


def test_runs_as_a_task_off_the_main_thread(small_index: Path, qtbot: Any, feedback: Any) -> None:
    from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("changeseek:search")
    context = QgsProcessingContext()
    parameters = {"INDEX": str(small_index), "QUERY": QUERY, "OUTPUT": "memory:"}
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    with qtbot.waitSignal(task.executed) as ended:
        QgsApplication.taskManager().addTask(task)
    succeeded, results = ended.args
    assert succeeded
    assert results["HITS"] == 20
