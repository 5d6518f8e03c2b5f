"""What the Caption tab shows and asks, over a workspace that only notes what it is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtGui import QColor, QPixmap
from qgis.PyQt.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from changeseek.core.engine.messages import Caption, Thumbnail, ThumbnailsAnswer, TileCaptions
from changeseek.plugin.errors import EngineStoppedError
from changeseek.plugin.panel.caption.caption_list import sentences_of_nothing
from changeseek.plugin.panel.caption.score_bar import ScoreBar, shares
from changeseek.plugin.panel.caption_tab import CaptionTab

TILE = "r003c004"
CAPTIONS = TileCaptions(
    TILE,
    (
        Caption(1, "houses were built where there was forest", 0.41),
        Caption(2, "trees were cut down", 0.21),
        Caption(3, "nothing has changed", -0.05),
    ),
)


@pytest.fixture
def tab(shown: Any, workspace: Any, settings: Any) -> Any:
    return shown(CaptionTab(workspace, settings))


def texts(tab: QWidget) -> str:
    return " ".join(label.text() for label in tab.findChildren(QLabel) if label.isVisible())


def test_without_an_index_it_says_where_to_get_one(tab: Any, qtbot: Any) -> None:
    assert "No index is open" in texts(tab)
    assert not tab.findChild(QPushButton, "changeseek_pick").isEnabled()
    with qtbot.waitSignal(tab.wantImages):
        tab.findChild(QPushButton, "changeseek_caption_to_images").click()


def test_with_an_index_it_says_how_to_choose_a_tile(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    assert "No tile is chosen" in texts(tab)
    assert tab.findChild(QPushButton, "changeseek_pick").isEnabled()


def test_the_button_picks_on_the_map_until_another_tool_is_taken(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    pick = tab.findChild(QPushButton, "changeseek_pick")
    pick.click()
    assert workspace.asked[-1] == ("pick_tiles", True)
    workspace.picking.emit(False)
    assert not pick.isChecked()


def test_a_chosen_tile_is_asked_for_once(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    workspace.tileChosen.emit(TILE)
    assert workspace.asked.count(("caption", TILE)) == 1
    assert workspace.asked.count(("thumbnails", [TILE])) == 1
    assert "Reading what changed" in texts(tab)


def test_a_tile_that_was_chosen_while_nobody_looked_is_asked_for_later(
    tab: Any, workspace: Any, info: Any
) -> None:
    workspace.open(info)
    tab.hide()
    workspace.tileChosen.emit(TILE)
    assert "caption" not in workspace.names()
    tab.show()
    assert ("caption", TILE) in workspace.asked


def test_captions_that_were_asked_elsewhere_are_not_asked_again(
    tab: Any, workspace: Any, info: Any, qtbot: Any
) -> None:
    workspace.open(info)
    tab.hide()
    tab.wait_for(TILE)
    tab.show()
    workspace.captionsFound.emit(CAPTIONS)
    assert "caption" not in workspace.names()
    qtbot.waitUntil(lambda: "trees were cut down" in texts(tab))


def test_captions_stand_in_order_with_bars(tab: Any, workspace: Any, info: Any, qtbot: Any) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    workspace.captionsFound.emit(CAPTIONS)
    qtbot.waitUntil(lambda: tab.findChild(QWidget, "changeseek_caption_3").isVisible())
    rows = [tab.findChild(QWidget, f"changeseek_caption_{rank}") for rank in (1, 2, 3)]
    assert [row.y() for row in rows] == sorted(row.y() for row in rows)
    bars = [row.findChild(ScoreBar).share for row in rows]
    assert bars == sorted(bars, reverse=True)
    assert bars[0] == 1
    assert rows[0].accessibleName() == "houses were built where there was forest, score 0.41"
    assert "Reading" not in texts(tab)


def test_captions_of_another_tile_are_left_out(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    workspace.captionsFound.emit(replace(CAPTIONS, tile_id="r000c000"))
    assert tab.findChild(QWidget, "changeseek_caption_1") is None


def test_a_sentence_is_copied_or_used_as_query(tab: Any, workspace: Any, info: Any, qtbot: Any) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    workspace.captionsFound.emit(CAPTIONS)
    tab.findChild(QToolButton, "changeseek_copy_2").click()
    assert QApplication.clipboard().text() == "trees were cut down"
    with qtbot.waitSignal(tab.wantSearch):
        tab.findChild(QToolButton, "changeseek_use_1").click()
    assert workspace.asked[-1] == ("offer_query", "houses were built where there was forest")


def test_more_like_this_goes_to_the_hits(
    tab: Any, workspace: Any, info: Any, settings: Any, qtbot: Any
) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    with qtbot.waitSignal(tab.wantSearch):
        tab.findChild(QPushButton, "changeseek_similar").click()
    assert workspace.asked[-1] == ("similar", TILE, settings.k)


def test_flicker_stops_when_nobody_looks(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    tab.findChild(QPushButton, "changeseek_flicker").click()
    assert workspace.asked[-1] == ("flicker", True)
    tab.hide()
    assert workspace.asked[-1] == ("flicker", False)


def test_that_nothing_changed_is_said_in_so_many_words(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    nothing = TileCaptions(TILE, (Caption(1, "nothing has changed", 0.2), Caption(2, "a lake dried", 0.1)))
    workspace.captionsFound.emit(nothing)
    note = tab.findChild(QWidget, "changeseek_nothing")
    assert note.text.startswith("Most likely nothing has changed on this tile")
    workspace.captionsFound.emit(CAPTIONS)
    assert note.text == ""


def test_an_error_stands_where_the_captions_would(tab: Any, workspace: Any, info: Any) -> None:
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    workspace.failed.emit("caption", EngineStoppedError("the engine ended", "Ask again"))
    assert "The engine ended. Ask again." in texts(tab)
    tab.findChild(QPushButton, "changeseek_caption_again").click()
    assert workspace.asked.count(("caption", TILE)) == 2
    assert "The engine ended" not in texts(tab)


def test_both_pictures_are_drawn(tab: Any, workspace: Any, info: Any, tmp_path: Path, qtbot: Any) -> None:
    files = []
    for name, colour in (("before", "#00aa00"), ("after", "#aa0000")):
        picture = QPixmap(16, 16)
        picture.fill(QColor(colour))
        files.append(str(tmp_path / f"{name}.png"))
        picture.save(files[-1])
    workspace.open(info)
    workspace.tileChosen.emit(TILE)
    workspace.thumbnailsReady.emit(ThumbnailsAnswer((Thumbnail(TILE, *files),)))
    pictures = tab.findChild(QWidget, "changeseek_pictures")
    qtbot.waitUntil(lambda: pictures.height() > 100)
    drawn = pictures.grab().toImage()
    quarter, middle = drawn.width() // 4, drawn.height() // 2
    assert drawn.pixelColor(quarter, middle).name() == "#00aa00"
    assert drawn.pixelColor(3 * quarter, middle).name() == "#aa0000"
    assert pictures.accessibleName() == "Before 2015-06-01 | After 2020-06-01"


def test_bars_compare_within_a_tile() -> None:
    assert shares([]) == []
    assert shares([0.4]) == [1.0]
    assert shares([0.3, 0.1, -0.1]) == pytest.approx([1.0, 7 / 12, 1 / 6])


def test_the_shipped_sentences_of_nothing_are_known() -> None:
    assert {"nothing has changed", "no change"} <= sentences_of_nothing()
    assert "trees were cut down" not in sentences_of_nothing()
