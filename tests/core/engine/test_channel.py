"""Messages arrive whole and in their order, and who does not read holds up nobody who must not wait."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import BinaryIO, NamedTuple

import pytest

from changeseek.core.engine import channel as channels
from changeseek.core.engine.channel import Channel
from changeseek.core.engine.protocol import Answer, Call, Message, decode

SOON = 30.0
LONG = "a lake " * 20_000


class Pipe(NamedTuple):
    channel: Channel
    reader: BinaryIO

    def read(self, count: int) -> list[Message]:
        return [decode(self.reader.readline()) for _ in range(count)]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    # What was not read is written once more when the stream is closed.
    with suppress(BrokenPipeError), os.fdopen(writing, "wb") as writer, os.fdopen(reading, "rb") as reader:
        channel = Channel(writer)
        yield Pipe(channel, reader)
        channel.close(0)


def send_much(channel: Channel) -> None:
    for number in range(9):
        channel.send(Answer(number, LONG))


def test_messages_of_many_threads_arrive_whole_and_each_thread_s_in_order(pipe: Pipe) -> None:
    def say(speaker: int) -> None:
        for number in range(100):
            pipe.channel.send(Answer(speaker, number))

    with ThreadPoolExecutor(4) as threads:
        told = [threads.submit(say, speaker) for speaker in range(4)]
        came = pipe.read(400)
    assert all(one.exception() is None for one in told)
    for speaker in range(4):
        said = [one.result for one in came if isinstance(one, Answer) and one.id == speaker]
        assert said == list(range(100))


def test_what_is_out_of_date_soon_is_left_out_while_nobody_reads(pipe: Pipe) -> None:
    for number in range(10):
        pipe.channel.send(Answer(number, LONG))
    for _ in range(1000):
        pipe.channel.offer(Call("heartbeat", {"busy": []}))
    pipe.channel.send(Answer(10, "last"))
    assert [one.id for one in pipe.read(11) if isinstance(one, Answer)] == list(range(11))


def test_a_sender_waits_while_too_much_is_unread(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "MOST_BYTES_WAITING", len(LONG))
    sender = Thread(target=send_much, args=(pipe.channel,))
    sender.start()
    sender.join(0.2)
    assert sender.is_alive()
    assert len(pipe.read(9)) == 9
    sender.join(SOON)
    assert not sender.is_alive()


def test_no_sender_waits_any_more_when_the_end_is_near(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "MOST_BYTES_WAITING", 1)
    sender = Thread(target=send_much, args=(pipe.channel,))
    sender.start()
    pipe.channel.close(0.1)
    sender.join(SOON)
    assert not sender.is_alive()


def test_nothing_happens_where_nobody_listens_any_more(pipe: Pipe) -> None:
    pipe.reader.close()
    pipe.channel.send(Answer(1, "a lake"))
    pipe.channel.close(SOON)
    assert pipe.channel.broken
    pipe.channel.send(Answer(2, LONG))
    pipe.channel.offer(Call("heartbeat", {}))
