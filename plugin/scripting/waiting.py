"""Waiting for a wish: with a window in sight it keeps painting, elsewhere the thread just waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QThread
from qgis.PyQt.QtWidgets import QApplication

from ...core.engine.messages import Progress
from ..errors import JobCancelledError, PluginError
from ..gate.engine import EngineGate
from ..translation import tr
from .asker import Asker, tell_nobody
from .question import Question
from .wish import Wish, as_it_is

A = TypeVar("A")
R = TypeVar("R")

# What takes long can be stopped in QGIS's list of tasks; in a short wait a click would surprise the script.
_EVERYTHING = QEventLoop.ProcessEventsFlag.AllEvents
_NO_CLICKS = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents


def wait_for(wish: Wish[Any, R], gate: EngineGate, progress: Callable[[Progress], None] | None) -> R:
    """Work on a wish until it is done.

    Args:
        wish: What is wanted.
        gate: To the engine.
        progress: Told how far the engine is, on the thread that waits.

    Raises:
        PluginError: Nothing came of it.
    """
    tell = progress or tell_nobody
    if not _window_to_keep_alive():
        return wish.finish(wish.work(Asker(gate, tell)))
    return _wait_at_the_window(wish, gate, tell)


def _window_to_keep_alive() -> bool:
    application = QCoreApplication.instance()
    if not isinstance(application, QApplication) or QThread.currentThread() != application.thread():
        return False
    return any(window.isVisible() for window in QApplication.topLevelWidgets())


def _wait_at_the_window(wish: Wish[A, R], gate: EngineGate, tell: Callable[[Progress], None]) -> R:
    answer_only: Wish[A, A] = Wish(wish.title, wish.work, as_it_is, wish.long)
    question, loop = Question(answer_only, gate), QEventLoop()
    answers: list[A] = []
    errors: list[PluginError] = []
    question.progressed.connect(tell)
    question.finished.connect(answers.append)
    question.failed.connect(errors.append)
    question.finished.connect(loop.quit)
    question.failed.connect(loop.quit)
    loop.exec(_EVERYTHING if wish.long else _NO_CLICKS)
    if answers:
        return wish.finish(answers[0])
    question.cancel()
    raise errors[0] if errors else JobCancelledError(tr("QGIS is ending"))
