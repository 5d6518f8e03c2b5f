"""The hits as rows."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtTest import QAbstractItemModelTester

from changeseek.core.engine.messages import HitsAnswer
from changeseek.plugin.panel.search.hit_model import VERDICT_ROLE, HitModel
from changeseek.tests.plugin.quickness import assert_quick, fair_clock

SECONDS_OF_A_FREEZE = 0.05


@pytest.fixture
def marks() -> dict[str, str]:
    return {"r000c001": "kept"}


@pytest.fixture
def model(marks: dict[str, str], qgis_app: Any) -> HitModel:
    return HitModel(lambda tile_id: marks.get(tile_id, ""))


def test_qt_finds_no_fault_in_it(model: HitModel, answer: HitsAnswer) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_answer(answer)
    for listed in (100, 10, 0, 50, 100):
        model.list_best(listed)
        assert model.rowCount() == listed
    model.show_answer(None)
    assert model.rowCount() == 0
    del tester


def test_a_row_says_all_in_words(model: HitModel, answer: HitsAnswer) -> None:
    model.show_answer(answer)
    assert model.index(0, 0).data() == "Hit 1, tile r000c000, score 0.999, top 0.1 %"
    assert model.index(1, 0).data().endswith("kept")


def test_a_hidden_hit_has_no_row(model: HitModel, answer: HitsAnswer) -> None:
    model.show_answer(answer)
    model.list_best(10)
    assert model.row_of("r000c009") == 9
    assert model.row_of("r000c010") is None
    assert model.row_of("r999c999") is None
    assert model.hit(10) is None


def test_another_verdict_is_drawn(
    model: HitModel, answer: HitsAnswer, marks: dict[str, str], qtbot: Any
) -> None:
    model.show_answer(answer)
    assert model.marked("kept") == 1
    marks["r000c004"] = "rejected"
    with qtbot.waitSignal(model.dataChanged):
        model.verdict_changed("r000c004")
    assert model.index(4, 0).data(VERDICT_ROLE) == "rejected"


def test_five_thousand_hits_are_listed_without_a_freeze(model: HitModel, large_answer: HitsAnswer) -> None:
    def seconds_to_list() -> float:
        begin = fair_clock()
        model.show_answer(large_answer)
        model.list_best(17)
        return fair_clock() - begin

    assert_quick(seconds_to_list, SECONDS_OF_A_FREEZE)
