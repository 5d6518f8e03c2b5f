"""Engines that die, hang or never start: nobody waits for ever, and the next question finds a new one."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from changeseek.core.engine.messages import BuildIndex, Captions, Hello
from changeseek.plugin.errors import EngineError, EngineMissingError, EngineStoppedError, JobCancelledError
from changeseek.plugin.gate.engine import EngineGate
from changeseek.plugin.gate.finding import find_interpreter
from changeseek.plugin.gate.patience import Patience
from changeseek.plugin.gate.pending import Pending
from changeseek.tests.plugin.quickness import assert_quick, fair_clock
from changeseek.tests.plugin.waiting import PATIENCE, eventually

from .conftest import StandIn, alive, an_interpreter, hold

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")

ANSWERS_HELLO = """
import json, sys
fields = dict(protocol={protocol}, version="0", python="0", torch="0", pid=0, device="cpu", device_note="")
hello = json.loads(sys.stdin.readline())
print(json.dumps(dict(jsonrpc="2.0", id=hello["id"], result=fields)), flush=True)
sys.stdin.readline()
"""


def a_begun_build(gate: EngineGate, two_dates: Any, folder: Path) -> Pending[Any]:
    begun = Event()
    rasters, index = (str(two_dates.before), str(two_dates.after)), str(folder / "long.csx")
    build = BuildIndex(rasters[0], rasters[1], index, tile=64, stride=4)
    pending = gate.ask(build, progress=lambda _: begun.set())
    assert begun.wait(PATIENCE)
    return pending


def test_a_killed_engine_fails_who_waits_and_the_next_question_starts_another(
    mortal: EngineGate, two_dates: Any, tmp_path: Path
) -> None:
    pid = mortal.call(Hello()).pid
    build = a_begun_build(mortal, two_dates, tmp_path)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(EngineStoppedError, match=r"exit code -9") as raised:
        build.result(PATIENCE)
    assert "log" in raised.value.advice
    assert mortal.call(Hello()).pid != pid


def test_a_program_that_is_no_engine_is_to_be_replaced_in_the_settings(stand_in: StandIn) -> None:
    with pytest.raises(EngineStoppedError, match=r"exit code 0") as raised:
        stand_in("print('hello')").call(Hello())
    assert "settings" in raised.value.advice


def test_an_engine_that_hangs_is_ended() -> None:
    gate = EngineGate(lambda: find_interpreter(""), Patience(silence=5.0, terminate=0.3))
    pid = _an_engine_that_hangs(gate)
    start = time.monotonic()
    with pytest.raises(EngineStoppedError, match="has said nothing for 5 seconds"):
        gate.call(Hello())
    assert time.monotonic() - start > 4
    assert not alive(pid)
    gate.close()


def _an_engine_that_hangs(gate: EngineGate) -> int:
    """Its process. On a busy machine one may seem to hang before it is held; then it is another's turn."""
    while True:
        with suppress(EngineStoppedError):
            pid = gate.call(Hello()).pid
            hold(pid)
            return pid


def test_asking_does_not_wait_for_an_engine_that_does_not_read(mortal: EngineGate) -> None:
    pid = mortal.call(Hello()).pid
    hold(pid)
    more_than_a_pipe_holds = Captions("/x.csx", ("r000c000",) * 50_000)
    pending: list[Pending[Any]] = []

    def seconds_to_ask() -> float:
        start = fair_clock()
        pending.extend(mortal.ask(more_than_a_pipe_holds) for _ in range(2))
        return fair_clock() - start

    assert_quick(seconds_to_ask, 0.1)
    os.kill(pid, signal.SIGKILL)
    for one in pending:
        with pytest.raises(EngineStoppedError):
            one.result(PATIENCE)


def test_a_build_that_does_not_stop_is_stopped_with_its_engine(
    mortal: EngineGate, two_dates: Any, tmp_path: Path
) -> None:
    pid = mortal.call(Hello()).pid
    build = a_begun_build(mortal, two_dates, tmp_path)
    hold(pid)
    other = mortal.ask(Hello())
    build.cancel()
    with pytest.raises(JobCancelledError):
        build.result(PATIENCE)
    with pytest.raises(EngineStoppedError, match="cancelled build"):
        other.result(PATIENCE)
    assert not alive(pid)


def test_an_idle_engine_may_die_unnoticed(mortal: EngineGate) -> None:
    pid = mortal.call(Hello()).pid
    os.kill(pid, signal.SIGTERM)
    assert eventually(lambda: not mortal.running)
    assert mortal.call(Hello()).pid != pid


def test_a_question_that_crossed_with_the_engines_own_end_is_asked_again(tmp_path: Path) -> None:
    real = find_interpreter("")
    goes_when_asked = an_interpreter(tmp_path, ANSWERS_HELLO.format(protocol=1))
    interpreters = iter([goes_when_asked, real])
    gate = EngineGate(lambda: next(interpreters))
    assert gate.call(Hello()).version != "0"
    gate.close()


def test_an_engine_of_another_version_is_not_asked(stand_in: StandIn) -> None:
    with pytest.raises(EngineError, match="version 99 of the protocol") as raised:
        stand_in(ANSWERS_HELLO.format(protocol=99)).call(Hello())
    assert "Restart QGIS" in raised.value.advice


def test_an_interpreter_that_ends_at_once_is_told_with_its_last_words(stand_in: StandIn) -> None:
    gate = stand_in("import sys; sys.exit('no such codec')")
    pending = [gate.ask(Hello()) for _ in range(3)]
    for one in pending:
        with pytest.raises(EngineStoppedError, match=r"exit code 1\): no such codec"):
            one.result(PATIENCE)


def test_a_broken_environment_is_not_tried_without_end(tmp_path: Path, stand_in: StandIn) -> None:
    gate = stand_in(f"open({str(tmp_path / 'starts')!r}, 'a').write('x'); 1 / 0")
    for _ in range(6):
        with pytest.raises(EngineStoppedError, match="ZeroDivisionError"):
            gate.call(Hello())
    assert (tmp_path / "starts").read_text() == "xxx"
    with pytest.raises(EngineStoppedError, match="3 times in a row"):
        gate.call(Hello())
    gate.close()
    with pytest.raises(EngineStoppedError, match="exit code 1"):
        gate.call(Hello())


def test_another_interpreter_is_tried_at_once(tmp_path: Path) -> None:
    broken = an_interpreter(tmp_path, "1 / 0")
    chosen = [broken]
    gate = EngineGate(lambda: chosen[-1])
    for _ in range(4):
        with pytest.raises(EngineStoppedError):
            gate.call(Hello())
    chosen.append(find_interpreter(""))
    assert gate.call(Hello()).protocol == 1
    gate.close()


def test_an_interpreter_that_never_answers_is_given_up(tmp_path: Path) -> None:
    silent = an_interpreter(tmp_path, "import time; time.sleep(600)")
    gate = EngineGate(lambda: silent, Patience(start=1.0, terminate=0.3))
    with pytest.raises(EngineStoppedError, match="not ready after 1 seconds"):
        gate.call(Hello())
    assert not gate.running
    gate.close()


def test_an_interpreter_that_chatters_harms_nobody(stand_in: StandIn) -> None:
    gate = stand_in("print('Welcome!', flush=True); print('[]'); print('{\"jsonrpc\": \"2.0\"}')")
    with pytest.raises(EngineStoppedError, match="exit code 0"):
        gate.call(Hello())


def test_a_python_without_the_engines_packages_says_what_is_missing() -> None:
    gate = EngineGate(lambda: Path(sys.executable))
    with pytest.raises(EngineMissingError, match="torch") as raised:
        gate.call(Hello())
    assert raised.value.advice
    assert eventually(lambda: not gate.running)
    gate.close()


def test_what_is_no_program_is_missing(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("not a program")
    gate = EngineGate(lambda: tmp_path / "python")
    for _ in range(5):
        with pytest.raises(EngineMissingError, match="cannot be started"):
            gate.call(Hello())
    gate.close()


def test_no_interpreter_at_all_fails_who_waits(tmp_path: Path) -> None:
    gate = EngineGate(lambda: find_interpreter(str(tmp_path / "none")))
    pending = gate.ask(Hello())
    with pytest.raises(EngineMissingError, match="none"):
        pending.result(PATIENCE)
    assert not gate.running
    gate.close()
