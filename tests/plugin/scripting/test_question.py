"""Questions whose answers come by signals, and waiting that keeps the window alive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsVectorLayer
from qgis.PyQt.QtCore import QThread, QTimer
from qgis.PyQt.QtWidgets import QWidget

from changeseek.core.engine.messages import IndexAnswer
from changeseek.plugin.errors import BadRequestError, JobCancelledError
from changeseek.plugin.scripting import ChangeSeek


@pytest.fixture
def shown_window(qtbot: Any) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def test_hits_come_by_a_signal(asking: ChangeSeek, small_index: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(asking.start_search(small_index, "a lake", k=4).finished) as ended:
        pass
    (layer,) = ended.args
    assert isinstance(layer, QgsVectorLayer)
    assert layer.featureCount() == 4


def test_similar_and_captions_come_by_a_signal(asking: ChangeSeek, small_index: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(asking.start_similar(small_index, "r000c000", k=2).finished) as ended:
        pass
    assert ended.args[0].featureCount() == 2
    with qtbot.waitSignal(asking.start_caption(small_index, ["r000c000"]).finished) as ended:
        pass
    assert ended.args[0][0].tile_id == "r000c000"


def test_a_build_tells_how_far_it_is(asking: ChangeSeek, two_dates: Any, tmp_path: Path, qtbot: Any) -> None:
    question = asking.start_index(two_dates.before, two_dates.after, tmp_path / "town.csx", tile=64)
    seen: list[Any] = []
    threads: set[Any] = set()
    question.progressed.connect(seen.append)
    question.progressed.connect(lambda _: threads.add(QThread.currentThread()))
    with qtbot.waitSignal(question.finished) as ended:
        pass
    assert isinstance(ended.args[0], IndexAnswer)
    assert seen[-1].done == 64
    assert threads == {QgsApplication.instance().thread()}


def test_a_build_can_be_cancelled(asking: ChangeSeek, two_dates: Any, tmp_path: Path, qtbot: Any) -> None:
    # So many tiles that the engine has not made the last of them before it hears of the end.
    folder = tmp_path / "town.csx"
    question = asking.start_index(two_dates.before, two_dates.after, folder, tile=16, stride=4)
    question.progressed.connect(lambda _: question.cancel())
    with qtbot.waitSignal(question.failed) as ended:
        pass
    assert isinstance(ended.args[0], JobCancelledError)


def test_a_refusal_comes_by_a_signal(asking: ChangeSeek, tmp_path: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(asking.start_search(tmp_path, "a lake").failed) as ended:
        pass
    assert isinstance(ended.args[0], BadRequestError)


def test_an_unknown_option_is_an_error_at_once(asking: ChangeSeek, two_dates: Any, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="speed"):
        asking.start_index(two_dates.before, two_dates.after, tmp_path / "town.csx", speed=9)


def test_a_waiting_call_lets_a_window_live(
    asking: ChangeSeek, two_dates: Any, tmp_path: Path, shown_window: QWidget
) -> None:
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(5)
    built = asking.index(two_dates.before, two_dates.after, tmp_path / "town.csx", tile=64)
    hits = asking.search(built.index, "a lake", k=3)
    timer.stop()
    assert built.tiles == 64
    assert hits.featureCount() == 3
    assert len(ticks) > 10


def test_a_waiting_call_raises_what_went_wrong(
    asking: ChangeSeek, tmp_path: Path, shown_window: QWidget
) -> None:
    with pytest.raises(BadRequestError, match="is not an index"):
        asking.search(tmp_path, "a lake")
