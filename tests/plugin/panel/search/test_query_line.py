"""The line of the query: history and completion."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMenu

from changeseek.core.engine.messages import VocabularyAnswer
from changeseek.plugin.panel.search.query_line import QueryLine
from changeseek.plugin.settings import Settings


@pytest.fixture
def line(settings: Settings, words: VocabularyAnswer, qgis_app: Any, qtbot: Any) -> QueryLine:
    for query in ("oldest", "older", "newest"):
        settings.add_query(query)
    line = QueryLine(settings)
    qtbot.addWidget(line)
    line.set_words(words.phrases, words.scenes)
    line.show()
    line.activateWindow()
    line.setFocus()
    return line


def _offered(line: QueryLine) -> list[str]:
    completer = line.completer()
    completer.setCompletionPrefix(completer.splitPath(line.text())[0])
    model = completer.completionModel()
    return [
        completer.pathFromIndex(model.mapToSource(model.index(row, 0))) for row in range(model.rowCount())
    ]


def test_up_goes_to_older_queries_and_down_back_to_what_was_typed(line: QueryLine) -> None:
    QTest.keyClicks(line, "half a qu")
    line.completer().popup().hide()
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(line, key)
        seen.append(line.text())
    assert seen == ["newest", "older", "oldest", "oldest", "older"]
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert line.text() == "half a qu"


def test_down_with_nothing_newer_leaves_the_line(line: QueryLine, qtbot: Any) -> None:
    with qtbot.waitSignal(line.left_downwards):
        QTest.keyClick(line, Qt.Key.Key_Down)


def test_the_menu_lists_earlier_queries_and_takes_one(line: QueryLine, qtbot: Any) -> None:
    QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = line.findChild(QMenu, "changeseek_query_history_menu")
    assert [action.text() for action in menu.actions()[:3]] == ["newest", "older", "oldest"]
    with qtbot.waitSignal(line.recalled):
        menu.actions()[1].trigger()
    menu.close()
    assert line.text() == "older"


def test_the_menu_can_forget(line: QueryLine, settings: Settings) -> None:
    line.show_history()
    menu = line.findChild(QMenu, "changeseek_query_history_menu")
    menu.actions()[-1].trigger()
    menu.close()
    assert settings.queries == []


def test_words_are_completed_in_any_case_from_their_middle(line: QueryLine) -> None:
    QTest.keyClicks(line, "BUILT")
    assert _offered(line) == ["houses were built", "a road was built"]


def test_behind_an_arrow_scenes_are_completed_and_the_first_half_stays(line: QueryLine) -> None:
    QTest.keyClicks(line, "forest -> hou")
    assert _offered(line) == ["forest -> houses"]


def test_a_completion_is_taken_from_the_popup_by_keys(line: QueryLine, qtbot: Any) -> None:
    QTest.keyClicks(line, "forest -> LAK")
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == "forest -> a lake"


def test_where_the_mode_asks_for_a_date_only_scenes_are_offered(line: QueryLine) -> None:
    line.complete_scenes_only(True)
    QTest.keyClicks(line, "lake")
    assert _offered(line) == ["a lake"]
    line.complete_scenes_only(False)
    assert _offered(line) == ["a lake appeared", "a lake"]
