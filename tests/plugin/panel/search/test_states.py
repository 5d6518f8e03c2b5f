"""What the tab says when there is nothing to list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel

from changeseek.core.engine.messages import HitsAnswer, InfoAnswer, VocabularyAnswer
from changeseek.plugin.errors import EngineError, JobCancelledError
from changeseek.plugin.panel.search.state_view import StateView
from changeseek.plugin.panel.search_tab import SearchTab
from changeseek.plugin.panel.states import MessageStrip


def _state(tab: SearchTab) -> str:
    """Name and text of the page that is seen; nothing where hits are listed."""
    shown = [page for page in tab.findChildren(StateView) if page.isVisible()]
    return " ".join(f"{page.objectName().replace('changeseek_state_', '')}: {page.text}" for page in shown)


def _click(tab: SearchTab, name: str) -> None:
    QTest.mouseClick(tab.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def _ask(tab: SearchTab, text: str = "houses built") -> None:
    tab.form.line.setText(text)
    QTest.keyClick(tab.form.line, Qt.Key.Key_Return)


def test_without_an_index_it_shows_the_way_to_one(tab: SearchTab, qtbot: Any) -> None:
    assert _state(tab).startswith("no_index: No index is open")
    with qtbot.waitSignal(tab.wantImages):
        _click(tab, "changeseek_state_no_index_button")


def test_an_unfinished_index_cannot_be_searched(
    tab: SearchTab, workspace: Any, unfinished: InfoAnswer
) -> None:
    workspace.open(unfinished)
    assert "This index is not finished" in _state(tab)


def test_an_open_index_offers_examples_that_ask(
    tab: SearchTab, workspace: Any, words: VocabularyAnswer
) -> None:
    workspace.open()
    assert _state(tab).startswith("ready: What happened here?")
    assert workspace.asked("ask_vocabulary") == [()]
    workspace.vocabularyKnown.emit(words)
    _click(tab, "changeseek_example_1")
    assert tab.form.line.text() == "forest -> houses"
    assert workspace.asked("search") == [("forest -> houses", "change", 100, "")]


def test_the_words_are_asked_for_once(tab: SearchTab, workspace: Any, words: VocabularyAnswer) -> None:
    workspace.open()
    workspace.vocabularyKnown.emit(words)
    workspace.close()
    workspace.open()
    assert len(workspace.asked("ask_vocabulary")) == 1


def test_a_slow_search_is_waited_for_on_a_page_and_a_quick_one_is_not(
    tab: SearchTab, workspace: Any, answer: HitsAnswer, qtbot: Any
) -> None:
    workspace.open()
    _ask(tab)
    assert _state(tab).startswith("ready")
    qtbot.waitUntil(lambda: _state(tab).startswith("busy: Searching"))
    workspace.answer(answer)
    assert _state(tab) == ""


def test_hits_say_what_they_answer_and_how_many_they_are(
    tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    workspace.open()
    _ask(tab)
    workspace.answer(answer)
    assert tab.findChild(QLabel, "changeseek_results_title").text() == "“houses built”"
    counts = tab.findChild(QLabel, "changeseek_results_counts").text()
    assert counts.startswith("100 hits of 1")
    assert counts.endswith(" s")


def test_no_tile_at_all_is_said(tab: SearchTab, workspace: Any, answer: HitsAnswer) -> None:
    workspace.open()
    _ask(tab)
    workspace.answer(replace(answer, hits=()))
    assert _state(tab).startswith("none: Nothing found")


def test_no_tile_above_the_threshold_is_said_and_mended_by_a_button(
    tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    workspace.open()
    _ask(tab)
    workspace.answer(answer)
    slider = tab.findChild(object, "changeseek_threshold")
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert _state(tab).startswith("none_above: No tile reaches this score")
    _click(tab, "changeseek_state_none_above_button")
    assert _state(tab) == ""
    assert tab.results.model.rowCount() == 100
    assert workspace.asked("filter_hits")[-1] == (None, None)


def test_an_error_without_hits_has_a_page_with_its_advice(tab: SearchTab, workspace: Any) -> None:
    workspace.open()
    _ask(tab)
    workspace.failed.emit("search", EngineError("the text is half a transition", "Say from what to what"))
    assert "The text is half a transition. Say from what to what." in _state(tab)
    _click(tab, "changeseek_state_error_button")
    assert len(workspace.asked("search")) == 2


def test_an_error_over_hits_leaves_them(tab: SearchTab, workspace: Any, answer: HitsAnswer) -> None:
    workspace.open()
    _ask(tab)
    workspace.answer(answer)
    _ask(tab, "forest ->")
    workspace.failed.emit("search", EngineError("the text is half a transition", ""))
    assert _state(tab) == ""
    strip = tab.findChild(MessageStrip, "changeseek_search_message")
    assert strip.text == "The text is half a transition."
    _ask(tab, "forest -> houses")
    assert strip.text == ""


def test_a_replaced_question_is_no_error(tab: SearchTab, workspace: Any, answer: HitsAnswer) -> None:
    workspace.open()
    _ask(tab)
    workspace.failed.emit("search", JobCancelledError("cancelled"))
    assert _state(tab).startswith("ready")
    workspace.answer(answer)
    assert _state(tab) == ""


def test_what_others_failed_at_is_not_told_here(tab: SearchTab, workspace: Any) -> None:
    workspace.open()
    workspace.failed.emit("build", EngineError("the disk is full", ""))
    assert _state(tab).startswith("ready")


def test_notes_of_an_answer_are_shown(tab: SearchTab, workspace: Any, answer: HitsAnswer) -> None:
    workspace.open()
    _ask(tab)
    workspace.answer(replace(answer, notes=("the raster of 2015 has changed since",)))
    strip = tab.findChild(MessageStrip, "changeseek_search_message")
    assert strip.text == "The raster of 2015 has changed since."


def test_a_closed_index_takes_its_hits_along(tab: SearchTab, workspace: Any, answer: HitsAnswer) -> None:
    workspace.open()
    _ask(tab)
    workspace.answer(answer)
    workspace.close()
    assert _state(tab).startswith("no_index")
    assert tab.results.model.rowCount() == 0


def test_hits_that_nobody_asked_for_here_are_shown_too(
    tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    workspace.open()
    workspace.answer(answer)
    assert tab.findChild(QLabel, "changeseek_results_title").text() == "“houses built”"
    workspace.answer(replace(answer, query="r001c002"))
    assert tab.findChild(QLabel, "changeseek_results_title").text() == "Tiles like r001c002"


def test_hits_that_somebody_else_asked_for_meanwhile_are_named_rightly(
    tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    workspace.open()
    _ask(tab)
    workspace.answer(replace(answer, query="r001c002"))
    assert tab.findChild(QLabel, "changeseek_results_title").text() == "Tiles like r001c002"


def test_an_offered_query_is_asked(tab: SearchTab, workspace: Any) -> None:
    workspace.open()
    workspace.queryOffered.emit("a lake appeared")
    assert tab.form.line.text() == "a lake appeared"
    assert workspace.asked("search") == [("a lake appeared", "change", 100, "")]


def test_a_new_panel_shows_what_the_workspace_has(
    workspace: Any, settings: Any, answer: HitsAnswer, qtbot: Any
) -> None:
    workspace.open()
    workspace.answer(answer)
    tab = SearchTab(workspace, settings)
    qtbot.addWidget(tab)
    assert tab.results.model.rowCount() == 100
