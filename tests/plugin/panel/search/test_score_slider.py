"""The histogram with a handle, and the row that says what it means."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel

from changeseek.core.engine.messages import HitsAnswer
from changeseek.plugin.panel.search.score_slider import ScoreSlider
from changeseek.plugin.panel.search.threshold import Threshold


@pytest.fixture
def threshold(answer: HitsAnswer, qgis_app: Any, qtbot: Any) -> Threshold:
    threshold = Threshold()
    qtbot.addWidget(threshold)
    threshold.resize(320, 100)
    threshold.show_answer(answer)
    threshold.show()
    return threshold


@pytest.fixture
def slider(threshold: Threshold) -> ScoreSlider:
    found: ScoreSlider = threshold.findChild(ScoreSlider, "changeseek_threshold")
    return found


def _told(threshold: Threshold) -> str:
    names = ("changeseek_threshold_score", "changeseek_threshold_above")
    return " ".join(threshold.findChild(QLabel, name).text() for name in names)


def _drag(slider: ScoreSlider, x: int) -> None:
    """QTest only moves the cursor, which the offscreen platform does not notice."""
    left = Qt.MouseButton.LeftButton
    place = QPointF(x, 10)
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(slider, move)


def test_at_first_all_hits_are_listed(threshold: Threshold) -> None:
    assert threshold.least_score is None
    assert "0.900" in _told(threshold)
    assert "100 tiles · top 10 %" in _told(threshold)


def test_the_handle_follows_the_mouse(threshold: Threshold, slider: ScoreSlider, qtbot: Any) -> None:
    with qtbot.waitSignals([threshold.moved, threshold.rested]):
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 10))
        _drag(slider, slider.width() * 3 // 4)
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() * 3 // 4, 10))
    assert threshold.least_score == pytest.approx(0.77, abs=0.03)
    assert "about 2" in _told(threshold)


def test_the_handle_goes_by_keys(threshold: Threshold, slider: ScoreSlider) -> None:
    before = slider.score()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.score() > before
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    assert slider.score() < before
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert slider.score() == 0.0


def test_its_right_end_lies_above_the_best_hit(threshold: Threshold, slider: ScoreSlider) -> None:
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert slider.score() > 1.0
    assert "0 tiles" in _told(threshold)


def test_its_left_end_lets_all_tiles_through(threshold: Threshold, slider: ScoreSlider) -> None:
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert "all 1" in _told(threshold)


def test_a_handle_set_to_a_hit_keeps_that_hit(slider: ScoreSlider, answer: HitsAnswer) -> None:
    for hit in answer.hits:
        slider.set_score(hit.score)
        assert slider.score() <= hit.score


def test_the_map_is_told_once_the_handle_rests(threshold: Threshold, slider: ScoreSlider, qtbot: Any) -> None:
    told: list[int] = []
    threshold.rested.connect(lambda: told.append(1))
    for _ in range(10):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(200)
    assert told == [1]


def test_another_answer_starts_anew_without_a_signal(
    threshold: Threshold, slider: ScoreSlider, answer: HitsAnswer, qtbot: Any
) -> None:
    QTest.keyClick(slider, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(threshold.rested, wait=250):
        threshold.show_answer(answer)
    assert threshold.least_score is None


def test_people_who_do_not_see_it_hear_what_it_says(slider: ScoreSlider) -> None:
    assert "0.900" in slider.accessibleDescription()
