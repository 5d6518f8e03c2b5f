"""All that is said of a question."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QLineEdit, QSpinBox

from changeseek.plugin.panel.search.query_form import QueryForm
from changeseek.plugin.panel.search.question import Question
from changeseek.plugin.settings import Settings


@pytest.fixture
def form(settings: Settings, qgis_app: Any, qtbot: Any) -> QueryForm:
    form = QueryForm(settings)
    qtbot.addWidget(form)
    form.show()
    return form


def _click(form: QueryForm, name: str) -> None:
    QTest.mouseClick(form.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def test_enter_asks_what_the_form_says(form: QueryForm, settings: Settings, qtbot: Any) -> None:
    QTest.keyClicks(form.line, "  a lake ")
    _click(form, "changeseek_mode_after")
    _click(form, "changeseek_without_toggle")
    QTest.keyClicks(form.findChild(QLineEdit, "changeseek_without"), "snow")
    form.findChild(QSpinBox, "changeseek_most").setValue(7)
    with qtbot.waitSignal(form.asked) as asked:
        QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert asked.args == [Question("a lake", "after", 7, "snow")]
    assert settings.queries == ["a lake"]


def test_the_button_asks_too(form: QueryForm, qtbot: Any) -> None:
    form.line.setText("houses built")
    with qtbot.waitSignal(form.asked):
        _click(form, "changeseek_search")


def test_an_empty_line_asks_nothing(form: QueryForm, qtbot: Any) -> None:
    with qtbot.assertNotEmitted(form.asked):
        _click(form, "changeseek_search")


def test_mode_and_number_are_remembered(form: QueryForm, settings: Settings, qtbot: Any) -> None:
    _click(form, "changeseek_mode_before")
    form.findChild(QSpinBox, "changeseek_most").setValue(33)
    again = QueryForm(settings)
    qtbot.addWidget(again)
    assert (again.question.mode, again.question.k) == ("before", 33)


def test_a_transition_has_no_mode_and_says_why(form: QueryForm) -> None:
    form.line.setText("forest -> houses")
    button = form.findChild(QAbstractButton, "changeseek_mode_after")
    assert not button.isEnabled()
    assert "both dates" in button.toolTip()
    form.line.setText("houses")
    assert button.isEnabled()


def test_a_folded_without_still_says_what_is_left_out(form: QueryForm) -> None:
    _click(form, "changeseek_without_toggle")
    field = form.findChild(QLineEdit, "changeseek_without")
    assert field.isVisible()
    QTest.keyClicks(field, "snow")
    _click(form, "changeseek_without_toggle")
    assert not field.isVisible()
    assert "snow" in form.findChild(QAbstractButton, "changeseek_without_toggle").text()
    assert form.question.without == "snow"
