"""One engine from its start to its end, on threads of its own, so that nobody waits who only asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread, current_thread
from typing import Any

from ...core.engine.messages import HelloAnswer, Shutdown
from ...core.engine.protocol import PROTOCOL, Call
from ..errors import PluginError
from . import failures
from .conversation import SHUTDOWN, Conversation
from .patience import Listening, Patience
from .pending import Pending
from .process import EngineProcess

_SECONDS_BETWEEN_LOOKS = 0.5
# When its process has ended: a grandchild of the engine may hold the pipe open.
_SECONDS_FOR_A_THREAD = 2.0


@dataclass(frozen=True)
class Ending:
    """How an engine ended.

    Attributes:
        reason: What those are told who still wait.
        left: The questions without an answer.
        started: It had answered its hello.
        by_itself: In order and unasked: nobody had asked for long, and a question that came then is lost.
    """

    reason: PluginError
    left: tuple[Pending[Any], ...]
    started: bool
    by_itself: bool


class Connection:
    """Starts an engine, keeps the conversation with it going, and sees to its end.

    Args:
        find: Gives the interpreter, or raises a PluginError; called on a thread of the connection.
        patience: How long to wait for what.
        on_end: Called once, when the engine has ended; sees to those who still wait.
    """

    def __init__(
        self, find: Callable[[], Path], patience: Patience, on_end: Callable[[Ending], None]
    ) -> None:
        self._find = find
        self._patience = patience
        self._on_end = on_end
        self._listening = Listening(patience)
        self._conversation = Conversation(self._listening)
        self._process: EngineProcess | None = None
        self._greeted = False
        self._deciding = Lock()
        self._decided: PluginError | None = None
        self._opened, self._over = Event(), Event()
        self._writer = Thread(target=self._write, name="changeseek-writer", daemon=True)
        self._others = (
            Thread(target=self._read, name="changeseek-reader", daemon=True),
            Thread(target=self._watch, name="changeseek-watch", daemon=True),
        )

    def start(self) -> None:
        """Begin to start the engine; returns at once."""
        self._writer.start()

    @property
    def running(self) -> bool:
        """Whether the engine's process is there."""
        return self._process is not None and self._process.running

    def ask(self, pending: Pending[Any]) -> bool:
        """Pass a question on, returning at once; False where this engine takes none any more."""
        # Its death may be known to the system before the reader has come to the pipe's end.
        if self._greeted and not self.running:
            return False
        return self._conversation.ask(pending)

    def close(self) -> None:
        """End the engine: by message, then politely by the system, then by force; wait for all of it."""
        self._decide(failures.closed())
        self._opened.wait(_SECONDS_FOR_A_THREAD)
        if self._process is not None:
            if self._greeted:
                self._conversation.say(Call(Shutdown.method, {}, SHUTDOWN))
                self._process.wait(self._patience.farewell)
            self._process.stop(self._patience.terminate)
        for thread in (self._writer, *self._others):
            if thread.is_alive() and thread is not current_thread():
                thread.join(_SECONDS_FOR_A_THREAD)

    def _write(self) -> None:
        """The writer's thread: start the engine, then send what is asked."""
        reason: PluginError = failures.ended(None, "", started=False)
        try:
            self._process = EngineProcess(self._find())
            self._conversation.hello.add_done_callback(self._greet)
            for thread in self._others:
                thread.start()
        except PluginError as error:
            reason = error
        finally:
            self._opened.set()
            if self._process is None:
                self._end(reason, None)
        if self._process is not None:
            self._conversation.write_to(self._process)

    def _greet(self, hello: Pending[HelloAnswer]) -> None:
        try:
            protocol = hello.result(0).protocol
        except PluginError as error:
            self._give_up(error)
            return
        if protocol != PROTOCOL:
            self._give_up(failures.other_version(protocol))
            return
        self._greeted = True
        self._conversation.may_begin.set()

    def _read(self) -> None:
        """The reader's thread: hand out what the engine says, then see to its end."""
        process = self._process
        assert process is not None
        try:
            self._conversation.read_from(process)
        finally:
            # A process whose pipe is closed ends, or has nothing to say any more.
            if not process.wait(self._patience.terminate):
                process.stop(self._patience.terminate)
            code, last_words = process.bury()
            self._end(failures.ended(code, last_words, started=self._greeted), code)

    def _watch(self) -> None:
        """The watch's thread: end an engine that hangs."""
        while not self._over.wait(_SECONDS_BETWEEN_LOOKS):
            reason = self._what_is_wrong()
            if reason is not None:
                self._give_up(reason)

    def _what_is_wrong(self) -> PluginError | None:
        # Asked at each look, because it notices when the looks are far apart.
        silent = self._listening.too_long_silent()
        waiting, patience = self._conversation.waiting, self._patience
        if not self._greeted:
            return failures.slow_start(patience.start) if self._listening.too_long_starting() else None
        if silent and len(waiting):
            return failures.silent(patience.silence)
        return failures.stubborn_build() if waiting.stubborn(patience.cancel) else None

    def _give_up(self, reason: PluginError) -> None:
        """End the process; the reader's thread sees to the rest."""
        self._decide(reason)
        if self._process is not None:
            self._process.stop(self._patience.terminate)

    def _decide(self, reason: PluginError) -> PluginError:
        """Take no more questions, and settle why; what was settled first counts."""
        self._conversation.waiting.refuse()
        with self._deciding:
            self._decided = self._decided or reason
            return self._decided

    def _end(self, reason: PluginError, exit_code: int | None) -> None:
        decided = self._decide(reason)
        left = tuple(self._conversation.hang_up())
        self._over.set()
        by_itself = decided is reason and self._greeted and exit_code == 0
        self._on_end(Ending(decided, left, self._greeted, by_itself))
