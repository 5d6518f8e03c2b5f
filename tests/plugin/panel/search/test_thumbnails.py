"""Pictures of the rows in view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QColor, QImage, QPixmap
from qgis.PyQt.QtWidgets import QApplication

from changeseek.core.engine.messages import Thumbnail, ThumbnailsAnswer
from changeseek.plugin.panel.search.picture_store import Pictures, PictureStore
from changeseek.plugin.panel.search.thumbnails import MOST_AT_ONCE, TilePictures

ROWS = [f"r000c{col:03d}" for col in range(60)]


@pytest.fixture
def pictures(qgis_app: Any) -> Iterator[TilePictures]:
    pictures = TilePictures()
    yield pictures
    pictures.close()


@pytest.fixture
def questions(pictures: TilePictures) -> list[list[str]]:
    asked: list[list[str]] = []
    pictures.asked.connect(asked.append)
    return asked


def _drawn(folder: Path, tile_ids: list[str]) -> ThumbnailsAnswer:
    for tile_id in tile_ids:
        for date, colour in (("before", "green"), ("after", "red")):
            image = QImage(8, 8, QImage.Format.Format_RGB888)
            image.fill(QColor(colour))
            assert image.save(str(folder / f"{tile_id}-{date}.png"))
    return ThumbnailsAnswer(
        tuple(
            Thumbnail(tile_id, str(folder / f"{tile_id}-before.png"), str(folder / f"{tile_id}-after.png"))
            for tile_id in tile_ids
        )
    )


def test_rows_in_view_get_their_pictures(
    pictures: TilePictures, questions: list[list[str]], tmp_path: Path, qtbot: Any
) -> None:
    pictures.want(ROWS[:3])
    assert questions == [ROWS[:3]]
    assert pictures.get(ROWS[0]) is None
    with qtbot.waitSignals([pictures.arrived] * 3):
        pictures.take(_drawn(tmp_path, ROWS[:3]))
    found = pictures.get(ROWS[0])
    assert found is not None
    assert found.before.toImage().pixelColor(4, 4) == QColor("green")
    assert found.after.toImage().pixelColor(4, 4) == QColor("red")


def test_many_rows_are_asked_for_in_batches_one_after_the_other(
    pictures: TilePictures, questions: list[list[str]], tmp_path: Path
) -> None:
    pictures.want(ROWS)
    assert questions == [ROWS[:MOST_AT_ONCE]]
    pictures.take(_drawn(tmp_path, questions[0]))
    assert questions[1] == ROWS[MOST_AT_ONCE : 2 * MOST_AT_ONCE]


def test_rows_that_have_gone_out_of_view_are_not_asked_for(
    pictures: TilePictures, questions: list[list[str]], tmp_path: Path
) -> None:
    pictures.want(ROWS[:2])
    pictures.want(ROWS[20:22])
    pictures.want(ROWS[40:42])
    pictures.take(_drawn(tmp_path, ROWS[:2]))
    assert questions == [ROWS[:2], ROWS[40:42]]


def test_pictures_that_are_here_are_not_asked_for_again(
    pictures: TilePictures, questions: list[list[str]], tmp_path: Path, qtbot: Any
) -> None:
    pictures.want(ROWS[:2])
    with qtbot.waitSignals([pictures.arrived] * 2):
        pictures.take(_drawn(tmp_path, ROWS[:2]))
    pictures.want(ROWS[:3])
    assert questions == [ROWS[:2], ROWS[2:3]]


def test_after_a_failure_the_next_look_asks_again(pictures: TilePictures, questions: list[list[str]]) -> None:
    pictures.want(ROWS[:2])
    pictures.give_up()
    pictures.want(ROWS[:2])
    assert questions == [ROWS[:2], ROWS[:2]]


def test_pictures_of_a_closed_index_never_appear(
    pictures: TilePictures, questions: list[list[str]], tmp_path: Path, qtbot: Any
) -> None:
    pictures.want(ROWS[:1])
    with qtbot.assertNotEmitted(pictures.arrived, wait=100):
        pictures.take(_drawn(tmp_path, ROWS[:1]))
        pictures.clear()
    assert pictures.get(ROWS[0]) is None


def test_a_file_that_is_gone_leaves_the_placeholder(pictures: TilePictures, qtbot: Any) -> None:
    pictures.want(ROWS[:1])
    with qtbot.assertNotEmitted(pictures.arrived, wait=100):
        pictures.take(ThumbnailsAnswer((Thumbnail(ROWS[0], "/nowhere/a.png", "/nowhere/b.png"),)))


def test_a_panel_that_goes_while_pictures_are_read_waits_for_nobody(qgis_app: Any, tmp_path: Path) -> None:
    for _ in range(5):
        pictures = TilePictures()
        pictures.want(ROWS)
        pictures.take(_drawn(tmp_path, ROWS))
        pictures.deleteLater()
        QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        del pictures


def test_the_pictures_used_last_are_kept(qgis_app: Any) -> None:
    store = PictureStore(most=2)
    picture = Pictures(QPixmap(1, 1), QPixmap(1, 1))
    store.put("a", picture)
    store.put("b", picture)
    store.get("a")
    store.put("c", picture)
    assert [store.get(name) is not None for name in "abc"] == [True, False, True]


def test_pictures_whose_files_have_gone_are_asked_for_again(
    pictures: TilePictures, questions: list[list[str]], tmp_path: Path, qtbot: Any
) -> None:
    gone = _drawn(tmp_path, ROWS[:1])
    Path(gone.thumbnails[0].after).unlink()
    pictures.want(ROWS[:1])
    pictures.take(gone)

    def asked_again() -> bool:
        pictures.want(ROWS[:1])
        return len(questions) == 2

    qtbot.waitUntil(asked_again)
    with qtbot.waitSignal(pictures.arrived):
        pictures.take(_drawn(tmp_path, ROWS[:1]))
