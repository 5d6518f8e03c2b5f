"""The engine's end with the gate, with QGIS, or with whatever ran it: no process and no thread is left."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from threading import Thread
from threading import enumerate as all_threads

import pytest

from changeseek.core.engine.messages import Hello
from changeseek.plugin.errors import EngineMissingError, EngineStoppedError
from changeseek.plugin.gate import session
from changeseek.plugin.gate.engine import EngineGate
from changeseek.plugin.gate.finding import PLUGIN_FOLDER, find_interpreter
from changeseek.tests.plugin.quickness import assert_quick, fair_clock
from changeseek.tests.plugin.waiting import PATIENCE, eventually

from .conftest import StandIn, alive

# A program that asks the engine who it is, says so, and then does what is appended.
ASKS = """
import sys
from importlib.util import module_from_spec, spec_from_file_location

file, folders = sys.argv[1] + "/__init__.py", sys.argv[1:]
spec = spec_from_file_location("changeseek", file, submodule_search_locations=folders)
package = sys.modules["changeseek"] = module_from_spec(spec)
spec.loader.exec_module(package)
from changeseek.core.engine.messages import Hello
from changeseek.plugin.gate.session import the_gate

print(the_gate().call(Hello()).pid, flush=True)
"""


def threads_of_gates() -> set[Thread]:
    names = ("changeseek-writer", "changeseek-reader", "changeseek-watch")
    return {thread for thread in all_threads() if thread.name in names}


def no_other_thread_than(before: set[Thread]) -> bool:
    return eventually(lambda: threads_of_gates() <= before)


def test_nothing_is_started_before_the_first_question() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    assert not gate.running
    assert threads_of_gates() <= before
    gate.close()


def test_who_asks_is_not_held_up_by_a_start() -> None:
    def find() -> Path:
        time.sleep(0.2)
        raise EngineMissingError("none")

    def seconds_to_ask() -> float:
        times = []
        for _ in range(5):
            gate = EngineGate(find)
            start = fair_clock()
            gate.ask(Hello())
            times.append(fair_clock() - start)
            gate.close()
        return median(times)

    assert_quick(seconds_to_ask, 0.005)


def test_closing_leaves_no_process_and_no_thread() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    pid = gate.ask(Hello()).result(PATIENCE).pid
    assert gate.running and threads_of_gates() - before
    gate.close()
    assert not alive(pid)
    assert no_other_thread_than(before)
    gate.close()


def test_asking_for_the_first_time_is_quick() -> None:
    def seconds_to_ask() -> float:
        gate = EngineGate(lambda: find_interpreter(""))
        start = fair_clock()
        gate.ask(Hello())
        seconds = fair_clock() - start
        gate.close()
        return seconds

    # No call on the GUI's thread may take more.
    assert_quick(seconds_to_ask, 0.05)


def test_closing_is_quick() -> None:
    def seconds_to_close() -> float:
        gate = EngineGate(lambda: find_interpreter(""))
        gate.call(Hello())
        start = fair_clock()
        gate.close()
        return fair_clock() - start

    assert_quick(seconds_to_close, 2.0)


def test_closing_in_the_middle_of_a_start_fails_who_waits() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    pending = gate.ask(Hello())
    gate.close()
    with pytest.raises(EngineStoppedError, match="ended with the plugin"):
        pending.result(PATIENCE)
    assert no_other_thread_than(before)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_an_engine_that_does_not_go_is_killed(stand_in: StandIn, tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    gate = stand_in(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"open({str(deaf)!r}, 'w').close()\nwhile True: time.sleep(1)"
    )
    pending = gate.ask(Hello())
    assert eventually(deaf.exists)
    gate.close()
    assert not gate.running
    assert pending.done()


def test_who_is_called_back_may_close_the_gate() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    gate.ask(Hello()).add_done_callback(lambda _: gate.close())
    assert eventually(lambda: not gate.running)
    assert no_other_thread_than(before)


def test_a_session_has_one_gate_and_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    session.close_the_gate()
    gate = session.the_gate()
    assert session.the_gate() is gate
    pid = gate.call(Hello()).pid
    session.close_the_gate()
    assert not alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("ending", ["", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_the_engine_ends_with_the_process_that_started_it(ending: str) -> None:
    command = [sys.executable, "-c", ASKS + ending, str(PLUGIN_FOLDER)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == (-9 if ending else 0), done.stderr
    pid = int(done.stdout)
    assert eventually(lambda: not alive(pid))
