"""Gates of their own for tests that end engines, and interpreters that fail as no real one can be made to."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from changeseek.plugin.gate.engine import EngineGate
from changeseek.plugin.gate.finding import find_interpreter
from changeseek.plugin.gate.patience import Patience

StandIn = Callable[[str], EngineGate]


@pytest.fixture(scope="module")
def mortal() -> Iterator[EngineGate]:
    """A gate to real engines that may be killed; it waits for a slow engine, but not for one that is held."""
    gate = EngineGate(lambda: find_interpreter(""), Patience(silence=60.0, cancel=1.0, terminate=0.3))
    yield gate
    gate.close()


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    """Makes gates to an interpreter that is a few lines of Python instead of an engine."""
    gates: list[EngineGate] = []

    def make(source: str) -> EngineGate:
        gates.append(EngineGate(lambda: an_interpreter(tmp_path, source), Patience(terminate=0.3)))
        return gates[-1]

    yield make
    for gate in gates:
        gate.close()


def an_interpreter(folder: Path, source: str) -> Path:
    """A program that runs the source, whatever it is told to run."""
    script, program = folder / "source.py", folder / "python"
    script.write_text(source)
    with open(program, "w", opener=lambda path, flags: os.open(path, flags, 0o755)) as file:
        file.write(f'#!/bin/sh\nexec "{sys.executable}" "{script}"\n')
    return program


def hold(pid: int) -> None:
    """Hold a process that we started; its threads run on until it is held, on a busy machine for long."""
    os.kill(pid, signal.SIGSTOP)
    os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOWAIT)


def alive(pid: int) -> bool:
    """Whether a process is there; one that only waits to be noticed by its parent is not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"
