"""The one gate of a QGIS session: made at first use, because QGIS's start must not wait for it."""

from __future__ import annotations

from threading import Lock

from ..settings import Settings
from .engine import EngineGate
from .finding import find_interpreter

_lock = Lock()
_gates: list[EngineGate] = []


def the_gate() -> EngineGate:
    """The session's gate, the same on every thread; it starts nothing before it is asked."""
    with _lock:
        if not _gates:
            _gates.append(EngineGate(lambda: find_interpreter(Settings().python)))
        return _gates[0]


def close_the_gate() -> None:
    """End the session's engine, where there is one; a later question would start a new one."""
    with _lock:
        gates = list(_gates)
    for gate in gates:
        gate.close()
