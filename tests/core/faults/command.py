"""The real command in a process of its own, on rasters that make four parts within a second."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_SECONDS_BETWEEN_LOOKS = 0.001
State = dict[str, int]


class Ended(NamedTuple):
    """How a command ended: its exit code, below 0 for a signal, and the last line on stderr."""

    code: int
    said: str


class Scene(NamedTuple):
    """Two rasters, a model and the command that makes an index of them, behind a prefix that may limit it."""

    before: Path
    after: Path
    model: Path
    prefix: tuple[str, ...] = ()

    def command(self, directory: Path) -> list[str]:
        """The same command every time."""
        options = ["--model", str(self.model), "--tile", "8", "--device", "cpu"]
        rasters = [str(self.before), str(self.after)]
        return [
            *self.prefix,
            sys.executable,
            "-m",
            "changeseek.core.cli",
            "index",
            *rasters,
            "-o",
            str(directory),
            *options,
        ]

    @contextmanager
    def started(self, directory: Path, **options: object) -> Iterator[subprocess.Popen[str]]:
        """The command as it runs; killed at the end of the block if it still does."""
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        # One thread: the tests of other rooms want the cores, too.
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        with subprocess.Popen(self.command(directory), env=environment, **pipes, **options) as process:  # type: ignore[call-overload]
            try:
                yield process
            finally:
                process.kill()

    def run(self, directory: Path, **options: object) -> Ended:
        """Run the command to its end."""
        with self.started(directory, **options) as process:
            return end_of(process)


def end_of(process: subprocess.Popen[str]) -> Ended:
    """Wait for the end of a command."""
    said = (process.communicate()[1] or "").splitlines()
    return Ended(process.returncode, said[-1] if said else "")


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> bool:
    """Look until something has happened; False where the process ended before."""
    while not happened():
        if process.poll() is not None:
            return False
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return True


def state_of(folder: Path) -> State:
    """Every file and folder below, hidden ones as well, with its size."""
    found: State = {}
    # Unlike a glob, a walk does without what goes while it looks.
    for above, folders, files in os.walk(folder):
        found |= dict.fromkeys((os.path.join(above, name) for name in folders), 0)
        for name in files:
            with suppress(FileNotFoundError):
                path = os.path.join(above, name)
                found[path] = os.path.getsize(path)
    return found


def identity(directory: Path) -> dict[str, bytes]:
    """All that makes an index: every file but the log of its runs and the lock, whatever it is called."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    outside = ("run.jsonl", "writer.lock")
    return {str(path.relative_to(directory)): path.read_bytes() for path in files if path.name not in outside}


def parts(directory: Path) -> dict[str, bytes]:
    """The finished parts."""
    return {name: content for name, content in identity(directory).items() if "/part-" in name}


class Undisturbed(NamedTuple):
    """A scene, its index made in one go, and how often the folder changed to the eye meanwhile."""

    scene: Scene
    files: dict[str, bytes]
    changes: int


class Watch:
    """Counts how often what lies in a folder changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last = state_of(folder)
        self.changes = 0

    def reached(self, wanted: int) -> bool:
        """Look, and say whether there have been so many changes."""
        state = state_of(self._folder)
        self.changes += state != self._last
        self._last = state
        return self.changes >= wanted
