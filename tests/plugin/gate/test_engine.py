"""Questions to the real engine: from any thread, with progress, taken back, and refused with an advice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread
from typing import Any

import pytest

from changeseek.core.engine.messages import BuildIndex, Captions, Hello, Info, Progress, Search
from changeseek.plugin.errors import BadRequestError, EngineError, JobCancelledError
from changeseek.plugin.gate.engine import EngineGate
from changeseek.tests.plugin.quickness import assert_quick, fair_clock
from changeseek.tests.plugin.waiting import PATIENCE


@pytest.fixture
def long_build(two_dates: Any, tmp_path: Path) -> BuildIndex:
    """Thousands of tiles: more than a test waits for."""
    return replace(a_build(two_dates, tmp_path / "long.csx"), tile=64, stride=4)


def a_build(two_dates: Any, index: Path) -> BuildIndex:
    return BuildIndex(str(two_dates.before), str(two_dates.after), str(index))


def test_a_search_gives_hits_best_first(gate: EngineGate, small_index: Path) -> None:
    answer = gate.call(Search(str(small_index), "a lake was dug", k=5))
    assert [hit.rank for hit in answer.hits] == [1, 2, 3, 4, 5]
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert answer.tiles == 64


def test_several_threads_may_ask_at_once(gate: EngineGate, small_index: Path) -> None:
    texts = [f"{number} houses were built" for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda text: gate.call(Search(str(small_index), text, k=3)), texts))
    assert [answer.query for answer in answers] == texts
    assert all(len(answer.hits) == 3 for answer in answers)


def test_asking_never_waits(gate: EngineGate, small_index: Path) -> None:
    question = Search(str(small_index), "a lake was dug")
    gate.call(question)

    def seconds_to_ask() -> float:
        start = fair_clock()
        pending = [gate.ask(question) for _ in range(50)]
        seconds = fair_clock() - start
        assert len({answer.result(PATIENCE) for answer in pending}) == 1
        return seconds

    assert_quick(seconds_to_ask, 50 * 0.005)


def test_who_asked_is_called_back_where_they_wish(gate: EngineGate) -> None:
    done = Event()
    pending = gate.ask(Hello())
    pending.add_done_callback(lambda pending: done.set() if pending.done() else None)
    assert done.wait(PATIENCE)
    assert pending.result(0).protocol == 1


def test_an_answer_that_is_late_is_not_waited_for(gate: EngineGate, long_build: BuildIndex) -> None:
    pending = gate.ask(long_build)
    with pytest.raises(TimeoutError):
        pending.result(0.01)
    pending.cancel()
    with pytest.raises(JobCancelledError):
        pending.result(PATIENCE)


def test_a_build_reports_to_the_asking_thread(gate: EngineGate, two_dates: Any, tmp_path: Path) -> None:
    reports: list[Progress] = []
    threads: set[str] = set()

    def note(report: Progress) -> None:
        reports.append(report)
        threads.add(current_thread().name)

    build = a_build(two_dates, tmp_path / "ä b.csx")
    answer = gate.call(build, progress=note)
    assert (answer.state, answer.tiles) == ("complete", 16)
    assert (reports[-1].done, reports[-1].total) == (16, 16)
    assert threads == {current_thread().name}


def test_a_build_is_cancelled_and_the_engine_stays(gate: EngineGate, long_build: BuildIndex) -> None:
    before = gate.call(Hello()).pid
    begun: list[Progress] = []
    with pytest.raises(JobCancelledError):
        gate.call(long_build, progress=begun.append, cancelled=lambda: bool(begun))
    assert gate.call(Hello()).pid == before


def test_an_index_is_searched_while_another_is_built(
    gate: EngineGate, long_build: BuildIndex, small_index: Path
) -> None:
    begun = Event()
    build = gate.ask(long_build, progress=lambda _: begun.set())
    assert begun.wait(PATIENCE)
    assert gate.call(Search(str(small_index), "a lake was dug")).hits
    assert not build.done()
    build.cancel()
    with pytest.raises(JobCancelledError):
        build.result(PATIENCE)


def test_a_question_taken_back_is_over_at_once(gate: EngineGate, small_index: Path) -> None:
    pending = gate.ask(Search(str(small_index), "a lake was dug"))
    pending.cancel()
    with pytest.raises(JobCancelledError):
        pending.result(0)
    assert gate.call(Hello()).pid


@pytest.mark.parametrize(
    "question",
    [
        lambda index: Info(str(index.with_name("none.csx"))),
        lambda index: Search(str(index), ""),
        lambda index: Captions(str(index), ("r999c999",)),
    ],
)
def test_what_cannot_be_used_comes_back_with_an_advice(
    gate: EngineGate, small_index: Path, question: Callable[[Path], Any]
) -> None:
    with pytest.raises(BadRequestError) as raised:
        gate.call(question(small_index))
    assert raised.value.message and raised.value.advice and raised.value.kind
    assert "Traceback" not in str(raised.value)


def test_a_request_that_the_engine_misunderstands_is_no_bad_input(gate: EngineGate) -> None:
    wrong: Any = Info(index=3)  # type: ignore[arg-type]
    with pytest.raises(EngineError) as raised:
        gate.call(wrong)
    assert not isinstance(raised.value, BadRequestError)


def test_progress_that_fails_does_not_end_the_engine(
    gate: EngineGate, two_dates: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Progress) -> None:
        raise RuntimeError("a deleted progress bar")

    build = a_build(two_dates, tmp_path / "x.csx")
    assert gate.ask(build, progress=broken).result(PATIENCE).state == "complete"
    assert "a deleted progress bar" in caplog.text
