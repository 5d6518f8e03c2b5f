"""The other end of the engine's pipes, as QGIS holds it, in a few lines."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Thread
from typing import Any, TypeVar

from changeseek.core.engine.messages import Request, from_json, to_json
from changeseek.core.engine.protocol import Answer, Call, Failure, Message, decode, encode

A = TypeVar("A")

# For an engine that starts beside much else on two cores; nothing is as slow as this where nothing is wrong.
PATIENCE = 240.0

ROOT = Path(__file__).resolve().parents[3]
LAUNCH = ROOT / "core" / "engine" / "launch.py"


class Engine:
    """A started engine; all that it says is kept."""

    def __init__(
        self, command: Sequence[str], environment: dict[str, str], folder: Path | None = None
    ) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=folder
        )
        self._last_id = 0
        self._came: list[Message | None] = []
        self._more = Condition()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def number_from(self, first: int) -> None:
        """Give the requests to come ids from there on, where others may write lines with low ones."""
        self._last_id = first - 1

    def write(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def send(self, method: str, params: dict[str, Any]) -> int:
        """Send a request; returns its id."""
        self._last_id += 1
        self.write(encode(Call(method, params, self._last_id)))
        return self._last_id

    def start(self, request: Request[Any]) -> int:
        return self.send(request.method, to_json(request))

    def notify(self, method: str, **params: Any) -> None:
        self.write(encode(Call(method, params)))

    def result(self, id: int, seconds: float = PATIENCE) -> Answer | Failure:
        found = self.until(lambda one: isinstance(one, Answer | Failure) and one.id == id, seconds)
        assert isinstance(found, Answer | Failure)
        return found

    def ask(self, request: Request[A]) -> A:
        result = self.result(self.start(request))
        assert isinstance(result, Answer), result
        return from_json(request.answer, result.result)

    def failure(self, request: Request[Any]) -> Failure:
        result = self.result(self.start(request))
        assert isinstance(result, Failure), result
        return result

    def until(self, wanted: Callable[[Message], bool], seconds: float = PATIENCE) -> Message:
        """The first message of a kind, among those that came and those to come."""
        looked_at, last = 0, time.monotonic() + seconds
        with self._more:
            while True:
                for message in self._came[looked_at:]:
                    assert message is not None, "the engine has ended"
                    if wanted(message):
                        return message
                looked_at = len(self._came)
                # Heartbeats come for ever, so what counts is the time since the start.
                assert self._more.wait(max(0.0, last - time.monotonic())), "nothing of that kind came"

    def notifications(self, method: str) -> list[dict[str, Any]]:
        with self._more:
            return [one.params for one in self._came if isinstance(one, Call) and one.method == method]

    def results(self) -> list[Answer | Failure]:
        """All answers so far, in their order."""
        with self._more:
            return [one for one in self._came if isinstance(one, Answer | Failure)]

    def ended(self, seconds: float = PATIENCE) -> int:
        """Wait for its end; returns the exit code."""
        return self.process.wait(seconds)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            if not stream.closed:
                stream.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in iter(self.process.stdout.readline, b""):
            self._keep(decode(line))
        self._keep(None)

    def _keep(self, message: Message | None) -> None:
        with self._more:
            self._came.append(message)
            self._more.notify_all()


class StartEngine:
    """Starts engines, for the length of a block each."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    @contextmanager
    def __call__(
        self,
        *options: str,
        python: Sequence[str] = (sys.executable,),
        script: Path = LAUNCH,
        folder: Path | None = None,
    ) -> Iterator[Engine]:
        engine = Engine([*python, str(script), *options], self.environment, folder)
        try:
            yield engine
        finally:
            engine.close()
