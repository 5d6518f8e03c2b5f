"""The server knows when to end, without a process around it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, BinaryIO, cast

from changeseek.core.engine.channel import Channel
from changeseek.core.engine.job import Job
from changeseek.core.engine.protocol import HEARTBEAT, Answer, Call, Message, decode, encode
from changeseek.core.engine.server import AnswerJob, Server

SOON = 30.0


class Listener(io.BytesIO):
    """Where answers go."""

    def answers(self) -> list[Any]:
        messages = map(decode, self.getvalue().splitlines())
        return [one for one in messages if not isinstance(one, Call)]


@contextmanager
def questions() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Both ends of a pipe: where questions are read, where they are asked."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as asked:
        yield stream, cast("BinaryIO", asked)


class DistractedChannel(Channel):
    """Lets something happen at each heartbeat, before the pulse looks whether the engine may end."""

    def __init__(self, stream: BinaryIO, meanwhile: Callable[[], None]) -> None:
        super().__init__(stream)
        self._meanwhile = meanwhile

    def offer(self, message: Message) -> None:
        super().offer(message)
        if isinstance(message, Call) and message.method == HEARTBEAT:
            self._meanwhile()


def serves(stream: BinaryIO, channel: Channel, answer: AnswerJob, idle_seconds: float = 0.0) -> bool:
    """Serve to the end; whether it came."""
    server = Server(channel, answer, Path("engine.log"), idle_seconds, lambda: None)
    thread = Thread(target=server.serve, args=(stream,), daemon=True)
    thread.start()
    thread.join(SOON)
    return not thread.is_alive()


def test_a_question_that_comes_at_the_last_moment_is_answered_and_not_called_off() -> None:
    begun, ended = Event(), Event()

    def answer(job: Job) -> dict[str, Any]:
        begun.set()
        # Long enough for the pulse to go on with what it saw when nobody had asked yet.
        ended.wait(0.5)
        job.check()
        return {"lake": True}

    with questions() as (stream, asked):

        def ask_between_a_look_and_the_end() -> None:
            if not begun.is_set():
                asked.write(encode(Call("search", {}, 1)))
                begun.wait(SOON)

        listener = Listener()
        channel = DistractedChannel(listener, ask_between_a_look_and_the_end)
        assert serves(stream, channel, answer, idle_seconds=1e-6)
    assert listener.answers() == [Answer(1, {"lake": True})]


class BrokenPipe(io.BytesIO):
    def readline(self, size: int | None = -1) -> bytes:
        raise OSError("the pipe is gone")


def test_it_ends_when_the_questions_cannot_be_read_any_more() -> None:
    assert serves(BrokenPipe(), Channel(Listener()), lambda _: {})
