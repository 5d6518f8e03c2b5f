"""What the Refine tab asks, writes and shows, over a workspace that only notes what it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent, QPixmap
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QProgressBar

from changeseek.core.engine.messages import (
    Advice,
    Conflict,
    ExpectedPrecision,
    FeedbackStatusAnswer,
    RankingChange,
    Refinement,
    Search,
    Thumbnail,
    ThumbnailsAnswer,
    UndoneAnswer,
)
from changeseek.plugin.errors import EngineError
from changeseek.plugin.panel.refine.course import ROUND
from changeseek.plugin.panel.refine_tab import RefineTab
from changeseek.plugin.panel.search.state_view import StateView
from changeseek.plugin.panel.states import MessageStrip

GO_ON = Advice(False, "the last round still moved many tiles")


def pairs(first: int, last: int) -> list[tuple[str, str]]:
    """Each of one tile beside another, by numbers."""
    return [("r000c000", f"r001c{number:03d}") for number in range(first, last)]


@pytest.fixture
def asking(tab: RefineTab, search: Callable[[], None], log: Any, qtbot: Any) -> RefineTab:
    """Twelve pairs are here, the first is asked about, and the keys answer."""
    search()
    log.propose(pairs(0, 12))
    with qtbot.waitActive(tab):
        tab.activateWindow()
    tab.page.take_focus()
    return tab


def state(tab: RefineTab) -> str:
    return " ".join(page.text for page in tab.findChildren(StateView) if page.isVisible())


def texts(tab: RefineTab) -> str:
    labels = (label.text() for label in tab.findChildren(QLabel) if label.isVisible())
    return " ".join(labels).replace("\N{NO-BREAK SPACE}", " ")


def message(tab: RefineTab) -> str:
    return str(tab.findChild(MessageStrip, "changeseek_refine_message").text)


def click(tab: RefineTab, name: str) -> None:
    QTest.mouseClick(tab.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def press(tab: RefineTab, keys: str) -> None:
    for key in keys:
        QTest.keyClick(tab.page.pair, key)


def said(workspace: Any) -> list[tuple[str, str]]:
    """The second tile and what was said, of all answers."""
    return [call[2:] for call in workspace.asked if call[0] == "answer_pair"]


def status(log: Any, **what: Any) -> FeedbackStatusAnswer:
    return FeedbackStatusAnswer(**{"counts": log.counts(), "advice": GO_ON, **what})


def test_without_an_index_it_shows_the_way_to_one(tab: RefineTab, qtbot: Any) -> None:
    assert "No index is open" in state(tab)
    with qtbot.waitSignal(tab.wantImages):
        click(tab, "changeseek_state_refine_no_index_button")


def test_an_unfinished_index_is_not_asked_about(tab: RefineTab, workspace: Any, info: Any) -> None:
    workspace.open(replace(info, state="building"))
    assert "not finished" in state(tab)
    assert workspace.asked == []


def test_without_a_search_it_offers_the_search_and_the_whole_index(
    tab: RefineTab, workspace: Any, info: Any, qtbot: Any
) -> None:
    workspace.open(info)
    assert "Nothing has been searched for yet" in state(tab)
    assert workspace.asked == []
    with qtbot.waitSignal(tab.wantSearch):
        click(tab, "changeseek_state_refine_no_search_button")
    click(tab, "changeseek_example_0")
    assert workspace.asked == [("propose_pairs", ROUND, None)]


def test_pairs_of_the_last_search_are_asked_for(
    tab: RefineTab, workspace: Any, search: Callable[[], None]
) -> None:
    search()
    assert workspace.asked == [("propose_pairs", ROUND, workspace.question)]
    assert "Choosing tiles" in state(tab)


def test_nothing_is_asked_while_nobody_looks(
    tab: RefineTab, workspace: Any, search: Callable[[], None]
) -> None:
    tab.hide()
    search()
    assert workspace.asked == []
    tab.show()
    assert workspace.names() == ["propose_pairs"]


def test_it_shows_two_tiles_and_asks(asking: RefineTab) -> None:
    assert asking.page.pair.text == "r000c000 r001c000"
    assert "Is the same kind of change seen in these two?" in texts(asking)
    assert "Close to the threshold: r001c000." in texts(asking)
    assert "“houses were built”" in texts(asking)


def test_y_n_and_s_answer_and_go_on_at_once(asking: RefineTab, workspace: Any) -> None:
    press(asking, "yns")
    assert said(workspace) == [
        ("r001c000", "similar"),
        ("r001c001", "dissimilar"),
        ("r001c002", "skipped"),
    ]
    assert asking.page.pair.text == "r000c000 r001c003"


def test_buttons_do_what_the_keys_do(asking: RefineTab, workspace: Any) -> None:
    for name in ("similar", "dissimilar", "skipped", "undo"):
        click(asking, f"changeseek_refine_{name}")
    assert [verdict for _, verdict in said(workspace)] == ["similar", "dissimilar", "skipped"]
    assert workspace.asked[-1] == ("undo_answer",)


def test_its_keys_come_before_shortcuts_of_qgis_and_leave_the_others_alone(asking: RefineTab) -> None:
    def is_taken(key: Qt.Key, modifier: Qt.KeyboardModifier, held: bool = False) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier, "", held)
        event.ignore()
        QApplication.sendEvent(asking.page.pair, event)
        return bool(event.isAccepted())

    assert is_taken(Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier)
    assert is_taken(Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, held=True)
    assert not is_taken(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not is_taken(Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier)


def test_a_key_that_is_held_down_answers_once(asking: RefineTab, workspace: Any) -> None:
    for held in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Y, Qt.KeyboardModifier.NoModifier, "y", held)
        QApplication.sendEvent(asking.page.pair, event)
    assert said(workspace) == [("r001c000", "similar")]


def test_pictures_of_the_next_pairs_are_asked_for_before_they_are_needed(
    asking: RefineTab, workspace: Any
) -> None:
    wanted = [call[1] for call in workspace.asked if call[0] == "thumbnails"]
    assert wanted == [["r000c000", "r001c000", "r001c001", "r001c002", "r001c003"]]


def test_pictures_that_arrive_are_drawn(
    asking: RefineTab, workspace: Any, tmp_path: Path, qtbot: Any
) -> None:
    colours = {"before": QColor(200, 30, 30), "after": QColor(30, 30, 200)}
    for name, colour in colours.items():
        picture = QPixmap(16, 16)
        picture.fill(colour)
        picture.save(str(tmp_path / f"{name}.png"))
    files = (str(tmp_path / "before.png"), str(tmp_path / "after.png"))
    wanted = next(call[1] for call in workspace.asked if call[0] == "thumbnails")
    workspace.thumbnailsReady.emit(ThumbnailsAnswer(tuple(Thumbnail(one, *files) for one in wanted)))
    qtbot.waitUntil(lambda: asking.page.pair.complete)

    def seen() -> set[str]:
        image = asking.page.pair.grab().toImage()
        places = ((x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9))
        return {
            name for x, y in places for name, colour in colours.items() if image.pixelColor(x, y) == colour
        }

    assert seen() == {"before", "after"}
    press(asking, "f")
    qtbot.waitUntil(lambda: len(seen()) == 1)
    first = seen()
    qtbot.waitUntil(lambda: len(seen() - first) == 1)
    press(asking, "f")
    qtbot.waitUntil(lambda: seen() == {"before", "after"})


def test_more_pairs_are_asked_for_before_the_last_is_answered(
    asking: RefineTab, workspace: Any, log: Any
) -> None:
    press(asking, "y" * 8)
    assert workspace.names().count("propose_pairs") == 1
    press(asking, "y")
    assert workspace.asked[-1][0] == "propose_pairs"
    log.propose([*pairs(9, 12), *pairs(20, 30)])
    press(asking, "nnn")
    assert asking.page.pair.text == "r000c000 r001c020"


def test_a_full_round_ranks_the_hits_once_all_of_it_is_written(
    asking: RefineTab, workspace: Any, log: Any
) -> None:
    press(asking, "y" * ROUND)
    for _ in range(ROUND - 1):
        log.write()
    assert "rank_again" not in workspace.names()
    log.write()
    assert workspace.asked[-2:] == [("rank_again",), ("ask_progress", workspace.question, 0)]
    workspace.feedbackKnown.emit(status(log))
    press(asking, "n")
    log.write()
    click(asking, "changeseek_refine_rank")
    assert workspace.asked[-2:] == [("rank_again",), ("ask_progress", workspace.question, ROUND)]


def test_who_is_quicker_than_the_disk_does_not_hold_up_the_ranking(
    asking: RefineTab, workspace: Any, log: Any
) -> None:
    log.propose(pairs(20, 40))
    press(asking, "y" * ROUND)
    log.propose(pairs(20, 40))
    press(asking, "n" * ROUND)
    assert "10 answers until" in texts(asking)
    for _ in range(ROUND):
        log.write()
    assert workspace.names().count("rank_again") == 1
    for _ in range(ROUND):
        log.write()
    assert workspace.names().count("rank_again") == 2
    workspace.feedbackKnown.emit(status(log, change=RankingChange(50, (), (), 0, 0)))
    assert "Round 2: the top 50 stayed as they were" in texts(asking)


def test_the_bar_says_how_far_the_round_is(asking: RefineTab, log: Any) -> None:
    rank = asking.findChild(QAbstractButton, "changeseek_refine_rank")
    assert not rank.isEnabled()
    press(asking, "yns")
    assert asking.findChild(QProgressBar, "changeseek_refine_round").value() == 2
    assert "8 answers until the hits are ranked again" in texts(asking)
    assert rank.isEnabled()


def test_leaving_the_tab_ranks_what_has_been_answered(asking: RefineTab, workspace: Any, log: Any) -> None:
    asking.hide()
    assert "rank_again" not in workspace.names()
    asking.show()
    press(asking, "y")
    asking.hide()
    log.write()
    assert "rank_again" in workspace.names()


def test_what_a_round_changed_is_told(asking: RefineTab, workspace: Any, log: Any) -> None:
    press(asking, "y" * ROUND)
    for _ in range(ROUND):
        log.write()
    precision = (
        ExpectedPrecision(0.4, 10, 0.9, 0.7, 0.98, 6),
        ExpectedPrecision(0.2, 52, 0.72, 0.58, 0.84, 9),
    )
    change = RankingChange(50, tuple(f"r{row:03d}c000" for row in range(12)), (), 20, 0)
    refinement = Refinement(10, 0.4, "the answers agree with one another", precision)
    workspace.feedbackKnown.emit(status(log, change=change, refinement=refinement))
    assert "Round 1: 12 tiles entered the top 50" in texts(asking)
    assert "The best 52 hits: about 72 % right (58 % to 84 %)" in texts(asking)
    assert "The answers agree with one another." in texts(asking)
    assert "You can stop" not in texts(asking)


def test_it_says_when_it_is_enough(asking: RefineTab, workspace: Any, log: Any) -> None:
    workspace.feedbackKnown.emit(status(log, advice=Advice(True, "the last two rounds moved no tile")))
    assert "You can stop here: the last two rounds moved no tile." in texts(asking)
    workspace.feedbackKnown.emit(status(log))
    assert "You can stop" not in texts(asking)


def test_undo_asks_about_the_pair_again(asking: RefineTab, workspace: Any, log: Any) -> None:
    press(asking, "yz")
    log.write()
    workspace.answerUndone.emit(UndoneAnswer("id-1", ("r000c000", "r001c000"), "similar", log.counts()))
    assert asking.page.pair.text == "r000c000 r001c000"
    assert asking.findChild(QProgressBar, "changeseek_refine_round").value() == 0
    assert "rank_again" not in workspace.names()


def test_undo_of_an_answer_that_is_ranked_already_ranks_without_it(
    asking: RefineTab, workspace: Any, log: Any
) -> None:
    workspace.answerUndone.emit(UndoneAnswer("id-1", ("r000c007", "r001c007"), "dissimilar", log.counts()))
    assert "rank_again" in workspace.names()


def test_undo_with_nothing_to_undo_says_so(asking: RefineTab, workspace: Any, log: Any) -> None:
    workspace.answerUndone.emit(UndoneAnswer("", (), "", log.counts()))
    assert "There is no answer of yours to take back." in message(asking)
    assert asking.page.pair.text == "r000c000 r001c000"


def test_a_conflict_is_shown_and_settled_by_looking_again(asking: RefineTab, log: Any) -> None:
    conflict = Conflict(("r1", "r2", "r3"), ("a", "b", "c"), ("me", "you", "me"))
    press(asking, "y")
    log.write((conflict,))
    assert "r1 ~ r2 ~ r3, yet r1 is not similar to r3 (me, you)" in texts(asking)
    click(asking, "changeseek_conflict_0")
    assert asking.page.pair.text == "r1 r3"
    assert "other answers contradict" in texts(asking)
    press(asking, "y")
    assert asking.page.pair.text == "r1 r2"
    log.write()
    assert not asking.page.conflicts.isVisible()


def test_an_answer_that_could_not_be_written_is_asked_again(
    asking: RefineTab, workspace: Any, log: Any
) -> None:
    press(asking, "yn")
    workspace.failed.emit("answer", EngineError("the disk is full", "Make room"))
    assert message(asking) == "The disk is full. Make room."
    assert asking.page.pair.text == "r000c000 r001c000"
    press(asking, "y")
    assert message(asking) == ""
    assert asking.page.pair.text == "r000c000 r001c001"


@pytest.mark.parametrize("what", ["undo", "judge"])
def test_answers_behind_something_else_that_could_not_be_written_are_asked_again(
    asking: RefineTab, workspace: Any, what: str
) -> None:
    press(asking, "yn")
    workspace.failed.emit(what, EngineError("the disk is full", "Make room"))
    assert asking.page.pair.text == "r000c000 r001c000"
    press(asking, "yn")
    assert [tile_id for tile_id, _ in said(workspace)] == 2 * ["r001c000", "r001c001"]


def test_answers_of_the_search_before_are_not_taken_for_those_of_this_one(
    asking: RefineTab, workspace: Any, search: Callable[[str], None], log: Any
) -> None:
    press(asking, "yy")
    search("a lake appeared")
    log.propose(pairs(20, 30))
    press(asking, "n")
    click(asking, "changeseek_refine_rank")
    log.write()
    log.write()
    assert "rank_again" not in workspace.names()
    log.write()
    assert "rank_again" in workspace.names()


def test_undoing_the_mark_of_a_hit_leaves_the_round_as_it_is(
    asking: RefineTab, workspace: Any, log: Any
) -> None:
    press(asking, "yn")
    workspace.answerUndone.emit(UndoneAnswer("id-1", ("r000c007",), "kept", log.counts()))
    assert asking.findChild(QProgressBar, "changeseek_refine_round").value() == 2


def test_pairs_that_do_not_come_are_told_and_can_be_asked_for_again(
    tab: RefineTab, workspace: Any, search: Callable[[], None]
) -> None:
    search()
    workspace.failed.emit("propose", EngineError("the index is gone", "Open it again"))
    assert "The index is gone. Open it again." in state(tab)
    click(tab, "changeseek_state_refine_error_button")
    assert workspace.names() == ["propose_pairs", "propose_pairs"]


def test_without_more_pairs_it_says_so(tab: RefineTab, search: Callable[[], None], log: Any) -> None:
    search()
    log.propose([])
    assert "No more pairs" in state(tab)


def test_another_search_begins_anew_and_the_same_ranked_again_does_not(
    asking: RefineTab, workspace: Any, search: Callable[[str], None]
) -> None:
    workspace.hitsFound.emit(None)
    assert asking.page.pair.text == "r000c000 r001c000"
    search("a lake appeared")
    assert "Choosing tiles" in state(asking)
    assert workspace.asked[-1] == (
        "propose_pairs",
        ROUND,
        Search(workspace.index.index, "a lake appeared", k=100),
    )


def test_the_whole_index_is_not_bound_to_a_search(
    asking: RefineTab, workspace: Any, search: Callable[[str], None], log: Any
) -> None:
    asking.findChild(QComboBox, "changeseek_refine_scope").setCurrentIndex(1)
    assert workspace.asked[-1] == ("propose_pairs", ROUND, None)
    log.propose([("r003c003", "r004c004")])
    search("a lake appeared")
    assert asking.page.pair.text == "r003c003 r004c004"


def test_earlier_answers_are_told_at_the_begin(
    tab: RefineTab, workspace: Any, search: Callable[[], None], log: Any
) -> None:
    log.revision = 30
    search()
    log.propose(pairs(0, 5))
    assert workspace.asked[-2] == ("ask_progress", workspace.question, 0)
    workspace.feedbackKnown.emit(status(log, change=RankingChange(50, ("r000c001",), (), 3, 0)))
    assert "So far: 1 tile entered the top 50" in texts(tab)


def test_a_click_on_a_tile_shows_it_on_the_map(asking: RefineTab, workspace: Any) -> None:
    view = asking.page.pair
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center() / 2)
    assert workspace.asked[-1] == ("choose_tile", "r000c000")


def test_a_damaged_log_is_told_of(asking: RefineTab, workspace: Any, log: Any) -> None:
    workspace.feedbackKnown.emit(status(log, counts=log.counts(damaged_lines=(3, 8))))
    assert "2 lines of the log of answers cannot be read" in message(asking)


@pytest.mark.parametrize("width", [300, 320, 600])
def test_nothing_is_cut_in_a_narrow_dock(asking: RefineTab, width: int) -> None:
    asking.resize(width, 900)
    QApplication.processEvents()
    for button in asking.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.sizeHint().width(), button.text()
    assert asking.page.width() <= asking.width()
