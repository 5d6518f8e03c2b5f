"""Work off the GUI's thread: where it runs, where its results come, and how it ends."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from statistics import median
from threading import Barrier, Event, current_thread
from threading import enumerate as all_threads
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtTest import QTest

from changeseek.core.engine.messages import Progress
from changeseek.plugin.background import LOG_TAB, Job, Report, run_in_background, stop_all
from changeseek.plugin.errors import JobCancelledError, LayerError, PluginError
from changeseek.tests.plugin.quickness import assert_quick, fair_clock
from changeseek.tests.plugin.waiting import PATIENCE, eventually, until

pytestmark = pytest.mark.usefixtures("qgis_app")


class Listener:
    """Collects what comes back, and on which thread."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.errors: list[PluginError] = []
        self.reports: list[Progress] = []
        self.threads: set[str] = set()

    def done(self, result: Any) -> None:
        self.results.append(result)
        self.threads.add(current_thread().name)

    def failed(self, error: PluginError) -> None:
        self.errors.append(error)
        self.threads.add(current_thread().name)

    def progress(self, report: Progress) -> None:
        self.reports.append(report)
        self.threads.add(current_thread().name)

    def run(self, job: Callable[[Report], Any], hidden: bool = True) -> Job:
        return run_in_background(
            "test", job, done=self.done, failed=self.failed, progress=self.progress, hidden=hidden
        )

    def wait(self) -> None:
        assert until(lambda: bool(self.results or self.errors))


def wait_to_be_stopped(report: Report) -> None:
    if eventually(report.cancelled):
        raise JobCancelledError("cancelled")


def tasks() -> list[QgsTask]:
    """The jobs of these tests that people see; QGIS may have others of its own."""
    return [task for task in QgsApplication.taskManager().activeTasks() if task.description() == "test"]


def nothing_runs() -> bool:
    return not tasks() and not [thread for thread in all_threads() if thread.name == "changeseek-test"]


@pytest.fixture
def listener() -> Iterator[Listener]:
    yield Listener()
    stop_all(PATIENCE)
    assert until(nothing_runs)


@pytest.fixture
def log() -> Iterator[list[tuple[str, str]]]:
    messages: list[tuple[str, str]] = []

    def note(text: str, tab: str, _level: Any) -> None:
        messages.append((tab, text))

    QgsApplication.messageLog().messageReceived.connect(note)
    yield messages
    QgsApplication.messageLog().messageReceived.disconnect(note)


both_ways = pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "seen"])


@both_ways
def test_results_and_reports_come_on_the_guis_thread(listener: Listener, hidden: bool) -> None:
    def job(report: Report) -> str:
        report.progress(Progress(1, 2, 3.0, None))
        return current_thread().name

    listener.run(job, hidden)
    listener.wait()
    assert listener.results != ["MainThread"]
    assert listener.reports == [Progress(1, 2, 3.0, None)]
    assert listener.threads == {"MainThread"}


@both_ways
def test_an_error_of_the_plugin_comes_as_it_is(listener: Listener, hidden: bool) -> None:
    def job(_: Report) -> None:
        raise LayerError("a WMS", "export it")

    listener.run(job, hidden)
    listener.wait()
    assert [(type(error), error.advice) for error in listener.errors] == [(LayerError, "export it")]


@both_ways
def test_any_other_error_is_logged_and_told(
    listener: Listener, hidden: bool, log: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    def job(_: Report) -> int:
        return 1 // 0

    listener.run(job, hidden)
    listener.wait()
    (error,) = listener.errors
    assert error.message.startswith("unexpected ZeroDivisionError")
    assert "tab ChangeSeek" in error.advice
    assert until(lambda: bool(log))
    assert log[0][0] == LOG_TAB and "1 // 0" in log[0][1]
    assert caplog.records[0].levelno == logging.ERROR


@both_ways
def test_a_cancelled_job_says_so(listener: Listener, hidden: bool) -> None:
    begun = Event()

    def work(report: Report) -> None:
        begun.set()
        wait_to_be_stopped(report)

    job = listener.run(work, hidden)
    assert until(begun.is_set)
    job.cancel()
    listener.wait()
    assert isinstance(listener.errors[0], JobCancelledError)
    job.cancel()


@both_ways
def test_a_forgotten_job_calls_nobody(listener: Listener, hidden: bool) -> None:
    started, go = Event(), Event()

    def job(report: Report) -> None:
        started.set()
        go.wait(PATIENCE)
        report.progress(Progress(1, 1, 1.0, 0.0))

    running = listener.run(job, hidden)
    assert until(started.is_set)
    running.forget()
    go.set()
    assert until(nothing_runs)
    QTest.qWait(20)
    assert (listener.results, listener.errors, listener.reports) == ([], [], [])


def test_a_job_that_people_see_can_be_cancelled_by_them(listener: Listener) -> None:
    listener.run(wait_to_be_stopped, hidden=False)
    (task,) = tasks()
    assert task.canCancel()
    task.cancel()
    listener.wait()
    assert isinstance(listener.errors[0], JobCancelledError)


def test_people_see_how_far_it_is(listener: Listener) -> None:
    def job(report: Report) -> None:
        report.progress(Progress(1, 4, 1.0, 3.0))
        wait_to_be_stopped(report)

    listener.run(job, hidden=False)
    (task,) = tasks()
    assert until(lambda: task.progress() == 25.0)


def test_a_job_cancelled_before_it_began_says_so_too(listener: Listener, one_place: None) -> None:
    other = Occupant()
    QgsApplication.taskManager().addTask(other)
    assert until(other.there.is_set)
    try:
        job = listener.run(lambda _: None, hidden=False)
        job.cancel()
        listener.wait()
    finally:
        other.go.set()
    assert listener.results == [] and isinstance(listener.errors[0], JobCancelledError)


class Occupant(QgsTask):
    """A task of somebody else that keeps its place in QGIS's pool."""

    def __init__(self) -> None:
        super().__init__("test")
        self.there, self.go = Event(), Event()

    def run(self) -> bool:
        self.there.set()
        return self.go.wait(PATIENCE)


@pytest.fixture
def one_place() -> Iterator[None]:
    """QGIS on a machine with one processor: one task runs at a time."""
    pool = QgsApplication.taskManager().threadPool()
    most = pool.maxThreadCount()
    pool.setMaxThreadCount(1)
    yield
    pool.setMaxThreadCount(most)


@both_ways
def test_nothing_waits_for_a_build_on_one_processor(
    listener: Listener, one_place: None, hidden: bool
) -> None:
    listener.run(wait_to_be_stopped, hidden=False)
    search = Listener()
    search.run(lambda _: "found", hidden)
    search.wait()
    assert search.results == ["found"]
    assert listener.errors == []


def test_many_short_jobs_do_not_wait_for_one_another(listener: Listener) -> None:
    together = Barrier(20)
    for _ in range(20):
        listener.run(lambda _: together.wait(PATIENCE))
    assert until(lambda: len(listener.results) == 20)


def test_a_callback_that_fails_is_logged(
    listener: Listener, log: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Any) -> None:
        raise RuntimeError("a deleted label")

    run_in_background("test", lambda _: 1, done=broken, failed=broken)
    assert until(lambda: bool(log))
    assert "a deleted label" in log[0][1]
    assert "a deleted label" in caplog.text


def test_stop_all_ends_every_job_and_calls_nobody(listener: Listener) -> None:
    def seconds_for_three_jobs() -> float:
        begun = []

        def work(report: Report) -> None:
            begun.append(1)
            wait_to_be_stopped(report)

        for hidden in (True, True, False):
            listener.run(work, hidden)
        assert until(lambda: len(begun) == 3)
        start = time.monotonic()
        stop_all(PATIENCE)
        seconds = time.monotonic() - start
        assert until(nothing_runs)
        return seconds

    assert_quick(seconds_for_three_jobs, 1.0)
    QTest.qWait(20)
    assert (listener.results, listener.errors) == ([], [])


def test_stop_all_does_not_wait_for_the_stubborn(listener: Listener) -> None:
    def seconds_beside_a_stubborn_job() -> float:
        go = Event()
        listener.run(lambda _: go.wait(PATIENCE))
        start = time.monotonic()
        stop_all(seconds=0.1)
        seconds = time.monotonic() - start
        go.set()
        return seconds

    assert_quick(seconds_beside_a_stubborn_job, 0.5)


def test_starting_a_job_takes_no_time(listener: Listener) -> None:
    def seconds_of_a_start() -> float:
        times = []
        for _ in range(50):
            start = fair_clock()
            listener.run(lambda _: None)
            times.append(fair_clock() - start)
        assert until(lambda: len(listener.results) == 50)
        listener.results.clear()
        return median(times)

    assert_quick(seconds_of_a_start, 0.005)
