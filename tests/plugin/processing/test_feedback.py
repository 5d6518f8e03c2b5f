"""`changeseek:propose_pairs` and `changeseek:import_answers` with the real engine."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsVectorLayer

from changeseek.core.engine.messages import FeedbackExport, FeedbackStatus
from changeseek.plugin.gate.session import the_gate
from changeseek.plugin.processing.feedback_words import verdict_of

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    """One of its own, without answers."""
    beside = shutil.ignore_patterns("hits", "derived", "feedback*")
    return Path(shutil.copytree(small_index, tmp_path / "town.csx", ignore=beside))


def _table(path: Path, rows: list[tuple[str, str, str]], names: str = "first second answer") -> str:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([names.split(), *rows])
    return str(path)


def _counts(index: Path) -> tuple[int, int, int]:
    counts = the_gate().call(FeedbackStatus(str(index))).counts
    return counts.similar, counts.dissimilar, counts.skipped


def test_a_pair_is_a_feature_with_both_tiles_and_room_for_an_answer(run: Run, index: Path) -> None:
    proposed = run("propose_pairs", INDEX=str(index), QUERY="houses were built", COUNT=4, OUTPUT="memory:")
    layer = proposed["OUTPUT"]
    pairs = list(layer.getFeatures())
    assert proposed["PAIRS"] == len(pairs) == 4
    assert [pair["pair"] for pair in pairs] == [1, 2, 3, 4]
    for pair in pairs:
        assert pair["first"] != pair["second"]
        assert pair.geometry().area() == pytest.approx(2 * 64 * 64)
        assert 0 <= pair["probability"] <= 1
        assert not isinstance(pair["answer"], str)
    assert layer.crs().authid() == "EPSG:32633"


def test_proposed_pairs_that_were_answered_on_the_map_come_back(
    run: Run, index: Path, tmp_path: Path
) -> None:
    file = tmp_path / "pairs.gpkg"
    run("propose_pairs", INDEX=str(index), COUNT=4, OUTPUT=str(file))
    layer = QgsVectorLayer(str(file), "pairs", "ogr")
    place = layer.fields().indexOf("answer")
    answers = ["similar", "n", "skipped"]
    changes = {pair.id(): {place: answer} for pair, answer in zip(layer.getFeatures(), answers, strict=False)}
    assert layer.dataProvider().changeAttributeValues(changes)
    written = run("import_answers", INDEX=str(index), ANSWERS=str(file))
    assert written == {"ADDED": 3, "LEFT_OUT": 1, "CONFLICTS": 0}
    assert _counts(index) == (1, 1, 1)


def test_a_table_of_other_names_and_what_cannot_be_used_of_it(
    run: Run, index: Path, tmp_path: Path, feedback: Any
) -> None:
    rows = [
        ("r000c000", "r000c001", "Yes"),
        ("r000c001", "r000c002", "similar"),
        ("r000c000", "r000c002", "dissimilar"),
        ("r000c000", "r099c099", "similar"),
        ("r000c004", "r000c004", "similar"),
        ("r000c000", "r000c003", "perhaps"),
        ("r000c000", "r000c004", ""),
    ]
    table = _table(tmp_path / "mine.csv", rows, "left right says")
    names = {"FIRST": "left", "SECOND": "right", "ANSWER": "says"}
    written = run("import_answers", INDEX=str(index), ANSWERS=table, **names)
    assert written == {"ADDED": 3, "LEFT_OUT": 4, "CONFLICTS": 1}
    (warning,) = feedback.warnings
    assert "3 rows" in warning
    assert "r099c099" in warning and "perhaps" in warning


def test_a_table_without_these_attributes_is_refused(run: Run, index: Path, tmp_path: Path) -> None:
    table = _table(tmp_path / "mine.csv", [("r000c000", "r000c001", "similar")], "left right says")
    with pytest.raises(QgsProcessingException, match="has no attribute first"):
        run("import_answers", INDEX=str(index), ANSWERS=table)


def test_an_exported_log_is_merged_once(run: Run, index: Path, small_index: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(index, tmp_path / "other.csx"))
    table = _table(tmp_path / "mine.csv", [("r000c000", "r000c001", "similar")])
    run("import_answers", INDEX=str(other), ANSWERS=table, ANNOTATOR="somebody else")
    log = tmp_path / "answers.jsonl"
    the_gate().call(FeedbackExport(str(other), str(log)))
    assert run("import_answers", INDEX=str(index), LOG=str(log))["ADDED"] == 1
    assert run("import_answers", INDEX=str(index), LOG=str(log))["ADDED"] == 0
    assert _counts(index) == (1, 0, 0)


def test_as_many_pairs_as_can_be_asked_for_are_given(run: Run, index: Path) -> None:
    definition = QgsApplication.processingRegistry().algorithmById("changeseek:propose_pairs")
    most = int(definition.parameterDefinition("COUNT").maximum())
    proposed = run("propose_pairs", INDEX=str(index), COUNT=most, OUTPUT="memory:")
    assert proposed["PAIRS"] == proposed["OUTPUT"].featureCount() > 500


def test_either_a_table_or_a_log(run: Run, index: Path) -> None:
    with pytest.raises(QgsProcessingException, match="either a table"):
        run("import_answers", INDEX=str(index))


def test_either_a_query_or_a_tile(run: Run, index: Path) -> None:
    with pytest.raises(QgsProcessingException, match="either a query"):
        run("propose_pairs", INDEX=str(index), QUERY="a lake", TILE_ID="r000c000", OUTPUT="memory:")


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        (" Y ", "similar"),
        ("not similar", "dissimilar"),
        ("0", "dissimilar"),
        ("skip", "skipped"),
        ("?", None),
    ],
)
def test_answers_are_read_as_people_write_them(word: str, verdict: str | None) -> None:
    assert verdict_of(word) == verdict
