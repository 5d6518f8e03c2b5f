"""What goes over one engine's two pipes: questions there, answers and reports back."""

from __future__ import annotations

import logging
from queue import SimpleQueue
from threading import Event
from typing import Any

from ...core.engine.messages import Hello, HelloAnswer
from ...core.engine.protocol import (
    CANCEL,
    PROGRESS,
    Answer,
    Call,
    Failure,
    NotAMessageError,
    decode,
    encode,
)
from .failures import error_of
from .patience import Listening
from .pending import Pending
from .process import EngineProcess
from .waiting import Waiting

# Ids of the gate's own questions; those of others begin after them.
HELLO, SHUTDOWN = 0, 1
FIRST_ID = 2

_log = logging.getLogger(__name__)


class Conversation:
    """The questions to one engine, and the two loops that carry them.

    Args:
        listening: Is told when something comes.

    Attributes:
        waiting: Who waits for an answer.
        hello: The first question; others are held back until it is answered.
        may_begin: Set when the others may go, or never will.
    """

    def __init__(self, listening: Listening) -> None:
        self.waiting = Waiting()
        self.hello: Pending[HelloAnswer] = Pending(Hello(), HELLO)
        self.may_begin = Event()
        self._listening = listening
        self._outbox: SimpleQueue[Pending[Any] | Call | None] = SimpleQueue()
        self.waiting.add(self.hello)

    def ask(self, pending: Pending[Any]) -> bool:
        """Pass a question on, returning at once; False where this engine takes none any more."""
        if not len(self.waiting):
            self._listening.hear()
        pending.take_back = self._take_back
        if not self.waiting.add(pending):
            return False
        self._outbox.put(pending)
        return True

    def say(self, call: Call) -> None:
        """Pass on what is no question of anybody."""
        self._outbox.put(call)

    def hang_up(self) -> list[Pending[Any]]:
        """End the writer's loop; gives the questions without an answer, the gate's own left out."""
        left = self.waiting.take_all()
        self.may_begin.set()
        self._outbox.put(None)
        return [pending for pending in left if pending is not self.hello]

    def write_to(self, process: EngineProcess) -> None:
        """Send what is asked, until somebody hangs up."""
        self._send(process, self.hello)
        # An engine of another version would misunderstand the rest.
        self.may_begin.wait()
        while True:
            message = self._outbox.get()
            if message is None:
                return
            self._send(process, message)

    def read_from(self, process: EngineProcess) -> None:
        """Hand out what the engine says, to its end."""
        for line in process.lines():
            self._listening.hear()
            try:
                self._take(decode(line))
            except NotAMessageError as error:
                _log.warning("the engine said something else than a message: %s", error)

    def _send(self, process: EngineProcess, message: Pending[Any] | Call) -> None:
        if isinstance(message, Pending):
            if not self.waiting.about_to_send(message):
                return
            message = message.call
        try:
            process.send(encode(message))
        except (OSError, ValueError):
            # The pipe is closed; the reader's loop sees the end as well.
            _log.info("the engine does not read %s any more", message.method)

    def _take(self, message: Call | Answer | Failure) -> None:
        if isinstance(message, Call):
            self._note(message)
            return
        pending = None if message.id is None else self.waiting.take(message.id)
        if pending is None:
            _log.debug("nobody waits any more for %s", message)
        elif isinstance(message, Answer):
            pending.answer(message.result)
        else:
            pending.fail(error_of(message))

    def _note(self, notification: Call) -> None:
        if notification.method != PROGRESS:
            return
        pending = self.waiting.find(notification.params.get("id", -1))
        if pending is not None:
            pending.report(notification.params)

    def _take_back(self, pending: Pending[Any]) -> None:
        told, awaited = self.waiting.cancel(pending)
        if told:
            self.say(Call(CANCEL, {"id": pending.id}))
        if not awaited:
            pending.drop()
