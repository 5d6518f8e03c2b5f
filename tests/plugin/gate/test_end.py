"""The engine's end with the gate, with QGIS, or with whatever ran it: no process and no thread is left."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
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


def eventually(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def threads_of_gates() -> set[Thread]:
    return {thread for thread in all_threads() if thread.name.startswith("changeseek-")}


def test_nothing_is_started_before_the_first_question() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    assert not gate.running
    assert threads_of_gates() == before
    gate.close()


def test_who_asks_is_not_held_up_by_a_start() -> None:
    def find() -> Path:
        time.sleep(0.2)
        raise EngineMissingError("none")

    times = []
    for _ in range(5):
        gate = EngineGate(find)
        start = time.perf_counter()
        gate.ask(Hello())
        times.append(time.perf_counter() - start)
        gate.close()
    assert median(times) < 0.005


def test_closing_leaves_no_process_and_no_thread() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    start = time.perf_counter()
    pending = gate.ask(Hello())
    # No call on the GUI's thread may take more.
    assert time.perf_counter() - start < 0.05
    pid = pending.result(60).pid
    assert gate.running and threads_of_gates() > before
    start = time.perf_counter()
    gate.close()
    assert time.perf_counter() - start < 2.0
    assert not alive(pid)
    assert threads_of_gates() == before
    gate.close()


def test_closing_in_the_middle_of_a_start_fails_who_waits() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    pending = gate.ask(Hello())
    gate.close()
    with pytest.raises(EngineStoppedError, match="ended with the plugin"):
        pending.result(1)
    assert threads_of_gates() == before


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_an_engine_that_does_not_go_is_killed(stand_in: StandIn) -> None:
    gate = stand_in(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(flush=True)\nwhile True: time.sleep(1)"
    )
    pending = gate.ask(Hello())
    assert eventually(lambda: gate.running)
    time.sleep(0.3)
    gate.close()
    assert not gate.running
    assert pending.done()


def test_who_is_called_back_may_close_the_gate() -> None:
    before = threads_of_gates()
    gate = EngineGate(lambda: find_interpreter(""))
    gate.ask(Hello()).add_done_callback(lambda _: gate.close())
    assert eventually(lambda: not gate.running and threads_of_gates() == before, 30)


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
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == (-9 if ending else 0), done.stderr
    pid = int(done.stdout)
    assert eventually(lambda: not alive(pid))
