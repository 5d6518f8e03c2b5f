"""The engine as an operating system's process: its start, its two pipes and its end."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, cast

from ..errors import EngineMissingError
from ..translation import tr
from .environment import clean_environment
from .finding import PLUGIN_FOLDER

LAUNCHER = PLUGIN_FOLDER / "core" / "engine" / "launch.py"
_MOST_LAST_WORDS = 2000
# Nothing outlives it for long, but on a busy system its memory takes a while to give back.
_SECONDS_FOR_A_KILL = 30.0

_log = logging.getLogger(__name__)


class EngineProcess:
    """A started engine.

    Args:
        interpreter: Python of the engine's environment.

    Raises:
        EngineMissingError: The system cannot start it.
    """

    def __init__(self, interpreter: Path) -> None:
        with ExitStack() as undo:
            try:
                # What a Python says that cannot even begin; later the engine writes into its own log.
                self._last_words = cast(IO[bytes], undo.enter_context(tempfile.TemporaryFile()))
                self._process = subprocess.Popen(
                    [str(interpreter), "-u", str(LAUNCHER)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._last_words,
                    env=clean_environment(os.environ),
                    cwd=_neutral_folder(),
                    close_fds=True,
                    **_apart(),
                )
            except (OSError, ValueError) as error:
                message = tr("the engine's Python {} cannot be started: {}").format(interpreter, error)
                raise EngineMissingError(message, tr("Name another in ChangeSeek's settings")) from error
            undo.pop_all()
        self.id = self._process.pid
        _log.info("started the engine, process %d, by %s", self.id, interpreter)

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def send(self, line: bytes) -> None:
        """Write a line; blocks while the engine does not read.

        Raises:
            OSError: The engine has ended.
            ValueError: The same, and its pipe is closed on this side too.
        """
        stream = cast(IO[bytes], self._process.stdin)
        stream.write(line)
        stream.flush()

    def lines(self) -> Iterator[bytes]:
        """What it says, line by line, to its end; for one thread only."""
        stream = cast(IO[bytes], self._process.stdout)
        with stream, suppress(OSError):
            yield from stream

    def wait(self, seconds: float) -> bool:
        """Wait for its end; False where it has not ended by then."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.running

    def stop(self, seconds: float) -> None:
        """End it, first politely; after so long by force."""
        if self.running:
            self._process.terminate()
        if not self.wait(seconds):
            _log.warning("the engine, process %d, did not end when told to, and is killed", self.id)
            self._process.kill()
            if not self.wait(_SECONDS_FOR_A_KILL):
                _log.error("the engine, process %d, does not end though it was killed", self.id)

    def bury(self) -> tuple[int | None, str]:
        """Close what an ended process leaves open.

        Returns:
            Its exit code, and the last line that it wrote outside of its log, empty where there is none.
        """
        with suppress(OSError):
            cast(IO[bytes], self._process.stdin).close()
        words = self._heard()
        self._last_words.close()
        return self._process.poll(), words

    def _heard(self) -> str:
        size = self._last_words.seek(0, os.SEEK_END)
        self._last_words.seek(max(0, size - _MOST_LAST_WORDS))
        lines = self._last_words.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _neutral_folder() -> str:
    """Where the engine runs: no folder that a user may want to move or delete, which Windows would refuse."""
    home = os.path.expanduser("~")
    return home if os.path.isdir(home) else tempfile.gettempdir()


def _apart() -> dict[str, Any]:
    """No console window on Windows; elsewhere a terminal's Ctrl-C is for QGIS, which then ends the engine."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}
