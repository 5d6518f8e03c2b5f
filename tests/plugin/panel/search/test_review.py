"""Going through the hits by keys, and the list in step with the map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QSpinBox, QWidget

from changeseek.core.engine.messages import ExpectedPrecision, HitsAnswer, Refinement
from changeseek.plugin.panel.search.hit_list import HitList
from changeseek.plugin.panel.search_tab import SearchTab
from changeseek.plugin.panel.states import MessageStrip
from changeseek.tests.plugin.quickness import assert_quick, fair_clock

SECONDS_OF_A_FREEZE = 0.05


@pytest.fixture
def hits(tab: SearchTab, workspace: Any, answer: HitsAnswer, qtbot: Any) -> HitList:
    """The list with 100 hits, with the focus."""
    workspace.open()
    tab.form.ask_for("houses built")
    workspace.answer(answer)
    with qtbot.waitActive(tab):
        tab.activateWindow()
    tab.results.list.setFocus()
    return tab.results.list


def _press(hits: HitList, keys: str) -> None:
    for key in keys:
        QTest.keyClick(hits, key)


def test_a_click_chooses_the_tile(hits: HitList, workspace: Any) -> None:
    place = hits.visualRect(hits.model().index(1, 0)).center()
    QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert workspace.asked("choose_tile") == [("r000c001",)]
    QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert workspace.asked("choose_tile") == [("r000c001",)] * 2


def test_a_tile_chosen_on_the_map_is_followed_without_choosing_it_again(
    hits: HitList, workspace: Any
) -> None:
    workspace.tileChosen.emit("r000c050")
    assert hits.tile_id == "r000c050"
    assert hits.viewport().rect().intersects(hits.visualRect(hits.currentIndex()))
    assert workspace.asked("choose_tile") == []


def test_a_tile_that_is_no_hit_leaves_no_row_chosen(hits: HitList, workspace: Any) -> None:
    workspace.tileChosen.emit("r000c050")
    workspace.tileChosen.emit("r777c777")
    assert hits.tile_id is None
    assert hits.selectionModel().selectedIndexes() == []


def test_j_and_k_and_the_arrows_go_up_and_down(hits: HitList, workspace: Any) -> None:
    _press(hits, "jjk")
    QTest.keyClick(hits, Qt.Key.Key_Down)
    QTest.keyClick(hits, Qt.Key.Key_Down)
    QTest.keyClick(hits, Qt.Key.Key_Up)
    assert [call[0][-1] for call in workspace.asked("choose_tile")] == ["0", "1", "0", "1", "2", "1"]


def test_marks_go_on_to_the_next_hit(hits: HitList, workspace: Any) -> None:
    _press(hits, "jaxa")
    assert workspace.marks == {"r000c000": "kept", "r000c001": "rejected", "r000c002": "kept"}
    assert hits.tile_id == "r000c003"


def test_marks_are_counted(hits: HitList, tab: SearchTab) -> None:
    _press(hits, "jaxa")
    counts = tab.findChild(QLabel, "changeseek_results_counts").text()
    assert "2 kept" in counts
    assert "1 rejected" in counts


def test_u_takes_marks_back_one_by_one_and_returns_to_them(hits: HitList, workspace: Any) -> None:
    _press(hits, "jax" + "u")
    assert workspace.marks == {"r000c000": "kept", "r000c001": ""}
    assert hits.tile_id == "r000c001"
    _press(hits, "u")
    assert workspace.marks == {"r000c000": "", "r000c001": ""}
    assert hits.tile_id == "r000c000"


def test_u_takes_back_what_was_marked_long_ago(hits: HitList, workspace: Any) -> None:
    workspace.marks["r000c000"] = "kept"
    _press(hits, "ju")
    assert workspace.marks == {"r000c000": ""}


def test_u_gives_a_tile_the_mark_back_that_it_had(hits: HitList, workspace: Any) -> None:
    workspace.marks["r000c000"] = "kept"
    _press(hits, "jxu")
    assert workspace.marks == {"r000c000": "kept"}


def test_space_and_f_flicker(hits: HitList, workspace: Any) -> None:
    _press(hits, " f")
    assert workspace.asked("flicker_step") == [(), ()]


def test_enter_and_a_double_click_ask_for_captions(
    hits: HitList, tab: SearchTab, workspace: Any, qtbot: Any
) -> None:
    _press(hits, "j")
    with qtbot.waitSignal(tab.wantCaptions):
        QTest.keyClick(hits, Qt.Key.Key_Return)
    place = hits.visualRect(hits.model().index(1, 0)).center()
    QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert workspace.asked("caption") == [("r000c000",), ("r000c001",)]


def test_m_asks_for_more_like_this(hits: HitList, tab: SearchTab, workspace: Any, answer: HitsAnswer) -> None:
    _press(hits, "jm")
    assert workspace.asked("similar") == [("r000c000", 100)]
    workspace.answer(answer)
    assert tab.findChild(QLabel, "changeseek_results_title").text() == "Tiles like r000c000"


def test_the_query_goes_when_other_hits_than_its_own_are_listed(
    hits: HitList, tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    assert tab.form.line.text() == "houses built"
    _press(hits, "jm")
    assert tab.form.line.text() == "houses built"
    workspace.answer(answer)
    assert tab.form.line.text() == ""
    QTest.keyClick(tab.form.line, Qt.Key.Key_Up)
    assert tab.form.line.text() == "houses built"


def test_hits_that_answers_about_pairs_rank_anew_keep_their_question_and_say_so(
    tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    workspace.open()
    tab.form.mode.set_mode("after")
    tab.form.ask_for("houses built")
    workspace.answer(answer)
    expected = (
        ExpectedPrecision(0.9, 90, 0.72, 0.58, 0.84, 9),
        ExpectedPrecision(0.1, 900, 0.2, 0.1, 0.3, 12),
    )
    workspace.answer(replace(answer, refinement=Refinement(12, 0.4, "they agree", expected)))
    assert tab.findChild(QLabel, "changeseek_results_title").text() == "“houses built”, after"
    right = tab.findChild(QLabel, "changeseek_threshold_right")
    assert right.isVisible()
    told = right.text().replace("\N{NO-BREAK SPACE}", " ")
    assert told == "By your answers about 72 % right (58 % to 84 %)"
    workspace.answer(replace(answer, refinement=Refinement(12, 0.4, "they agree", expected[1:])))
    told = right.text().replace("\N{NO-BREAK SPACE}", " ")
    assert told == "By your answers, of the best 900 about 20 % right (10 % to 30 %)"
    workspace.answer(replace(answer, refinement=Refinement(12, 0.4, "they agree", expected)))
    assert "refined by 12 answers" in tab.findChild(QLabel, "changeseek_results_counts").text()


def test_a_mark_that_was_taken_back_elsewhere_goes(hits: HitList, tab: SearchTab, workspace: Any) -> None:
    _press(hits, "ja")
    assert "1 kept" in tab.findChild(QLabel, "changeseek_results_counts").text()
    workspace.marks.clear()
    workspace.verdictTaken.emit("r000c000")
    assert "kept" not in tab.findChild(QLabel, "changeseek_results_counts").text()


def test_what_was_typed_since_stays_over_other_hits(
    hits: HitList, tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    QTest.keyClicks(tab.form.line, " or sheds")
    _press(hits, "jm")
    workspace.answer(answer)
    assert tab.form.line.text() == "houses built or sheds"


def test_hits_like_a_tile_that_were_asked_for_elsewhere_take_the_query_away_too(
    hits: HitList, tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    workspace.answer(replace(answer, query="r001c002"))
    assert tab.form.line.text() == ""


def test_what_needs_a_hit_does_nothing_without_one(hits: HitList, workspace: Any) -> None:
    _press(hits, "axmu")
    QTest.keyClick(hits, Qt.Key.Key_Return)
    assert workspace.marks == {}
    assert workspace.asked("similar") == workspace.asked("caption") == []


def test_buttons_do_what_the_keys_do(hits: HitList, tab: SearchTab, workspace: Any) -> None:
    def click(name: str) -> None:
        QTest.mouseClick(
            tab.findChild(QAbstractButton, f"changeseek_review_{name}"), Qt.MouseButton.LeftButton
        )

    click("keep")
    assert workspace.marks == {}
    for name in ("next", "keep", "reject", "previous", "undo", "flicker"):
        click(name)
    assert workspace.marks == {"r000c000": "kept", "r000c001": ""}
    assert workspace.asked("flicker_step") == [()]


def test_the_lists_keys_come_before_shortcuts_of_qgis(hits: HitList) -> None:
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier, "k")
    key.ignore()
    QApplication.sendEvent(hits, key)
    assert key.isAccepted()
    saving = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    saving.ignore()
    QApplication.sendEvent(hits, saving)
    assert not saving.isAccepted()


def test_down_leads_from_the_query_into_the_list_and_slash_back(hits: HitList, tab: SearchTab) -> None:
    tab.form.line.setFocus()
    QTest.keyClick(tab.form.line, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is hits
    assert hits.tile_id == "r000c000"
    _press(hits, "/")
    assert QApplication.focusWidget() is tab.form.line


def test_the_threshold_shortens_list_and_map(
    hits: HitList, tab: SearchTab, workspace: Any, qtbot: Any
) -> None:
    slider = tab.findChild(QWidget, "changeseek_threshold")
    for _ in range(5):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    listed = tab.results.model.rowCount()
    assert 0 < listed < 100
    qtbot.waitUntil(lambda: bool(workspace.asked("filter_hits")))
    ((least, most),) = workspace.asked("filter_hits")
    assert sum(hit.score >= least for hit in workspace.hits.hits) == listed
    assert most is None


def test_a_chosen_row_that_the_threshold_hides_chooses_no_other(
    hits: HitList, tab: SearchTab, workspace: Any
) -> None:
    workspace.tileChosen.emit("r000c099")
    QTest.keyClick(tab.findChild(QWidget, "changeseek_threshold"), Qt.Key.Key_Right)
    assert tab.results.model.rowCount() < 100
    assert hits.tile_id is None
    assert workspace.asked("choose_tile") == []


def test_a_smaller_number_lists_fewer_and_a_larger_one_says_how_to_get_more(
    hits: HitList, tab: SearchTab, workspace: Any
) -> None:
    most = tab.findChild(QSpinBox, "changeseek_most")
    most.setValue(10)
    assert tab.results.model.rowCount() == 10
    assert workspace.asked("filter_hits") == [(None, 10)]
    most.setValue(200)
    assert tab.results.model.rowCount() == 100
    assert "search again for more" in tab.findChild(QLabel, "changeseek_results_counts").text()


@pytest.mark.parametrize(
    ("entry", "suffix", "driver"), [(0, ".gpkg", "GPKG"), (1, ".geojson", "GeoJSON"), (2, ".csv", "CSV")]
)
def test_hits_are_exported_in_three_formats(
    hits: HitList, tab: SearchTab, workspace: Any, entry: int, suffix: str, driver: str
) -> None:
    proposed: list[str] = []

    def choose(parent: QWidget, title: str, path: str, names: str) -> str:
        proposed.append(path)
        return "/elsewhere/mine"

    tab.results.export.choose_file = choose
    tab.findChild(QMenu, "changeseek_export_menu").actions()[entry].trigger()
    assert proposed == [f"/somewhere/houses-built{suffix}"]
    assert workspace.asked("export_hits") == [(f"/elsewhere/mine{suffix}", driver)]


def test_people_are_told_where_the_export_is(hits: HitList, tab: SearchTab, workspace: Any) -> None:
    workspace.exported.emit("/elsewhere/mine.gpkg")
    strip = tab.findChild(MessageStrip, "changeseek_search_message")
    assert "/elsewhere/mine.gpkg" in strip.text
    QApplication.processEvents()  # it has no place of its own before
    background = strip.grab().toImage().pixelColor(strip.width() - 12, strip.height() - 6)
    assert background.green() > background.red()


def test_a_cancelled_dialog_exports_nothing(hits: HitList, tab: SearchTab, workspace: Any) -> None:
    tab.results.export.choose_file = lambda *_: ""
    tab.findChild(QMenu, "changeseek_export_menu").actions()[0].trigger()
    assert workspace.asked("export_hits") == []


def test_pictures_are_asked_for_rows_in_view_only(hits: HitList, workspace: Any, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: bool(workspace.asked("thumbnails")))
    ((first,),) = workspace.asked("thumbnails")
    assert first[0] == "r000c000"
    assert len(first) < 24
    hits.scrollToBottom()
    workspace.failed.emit("thumbnails", None)
    qtbot.waitUntil(lambda: len(workspace.asked("thumbnails")) == 2)
    assert workspace.asked("thumbnails")[1][0][-1] == "r000c099"


def test_five_thousand_hits_do_not_freeze_the_window(
    tab: SearchTab, workspace: Any, large_answer: HitsAnswer, answer: HitsAnswer
) -> None:
    workspace.open()
    tab.form.findChild(QSpinBox, "changeseek_most").setValue(5000)

    def seconds_of_the_longest_step() -> float:
        workspace.answer(answer)
        QApplication.processEvents()
        begin = fair_clock()
        workspace.answer(large_answer)
        listed = fair_clock()
        QApplication.processEvents()
        return max(listed - begin, fair_clock() - listed)

    assert_quick(seconds_of_the_longest_step, SECONDS_OF_A_FREEZE)


def test_the_map_shows_as_many_of_a_projects_hits_as_are_listed(
    tab: SearchTab, workspace: Any, answer: HitsAnswer
) -> None:
    tab.findChild(QSpinBox, "changeseek_most").setValue(10)
    workspace.open()
    workspace.answer(answer)
    assert tab.results.model.rowCount() == 10
    assert workspace.asked("filter_hits")[-1] == (None, 10)


def test_a_mark_that_could_not_be_written_stays_at_its_hit(
    hits: HitList, workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _press(hits, "ja")
    monkeypatch.setattr(workspace, "mark", lambda *_: None)
    _press(hits, "x")
    assert hits.tile_id == "r000c001"
    monkeypatch.undo()
    _press(hits, "u")
    assert workspace.marks == {"r000c000": ""}
