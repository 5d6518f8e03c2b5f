"""Which processes QGIS has started and not ended, as the system lists them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Process:
    """A running process and its command line."""

    number: int
    parent: int
    command: str


def descendants(number: int, processes: Path = PROCESSES) -> list[Process]:
    """Children of a process, their children, and so on."""
    running = _running(processes)
    found: list[Process] = []
    parents = {number}
    while parents:
        children = [one for one in running if one.parent in parents]
        found += children
        parents = {one.number for one in children}
    return found


def is_running(number: int, processes: Path = PROCESSES) -> bool:
    """Whether a process is still there, and not only its entry that waits to be read."""
    return any(one.number == number for one in _running(processes))


def _running(processes: Path) -> list[Process]:
    entries = (_read(entry) for entry in processes.iterdir() if entry.name.isdigit())
    return [entry for entry in entries if entry is not None]


def _read(entry: Path) -> Process | None:
    try:
        # The name in brackets may hold blanks and brackets; state and parent stand behind the last one.
        state, parent = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
        command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return None
    return None if state == "Z" else Process(int(entry.name), int(parent), command)
