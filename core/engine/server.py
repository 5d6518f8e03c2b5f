"""Takes requests from a stream, has them answered, and knows when to end.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import Any, BinaryIO

from changeseek.core.engine.channel import Channel
from changeseek.core.engine.failures import cancelled, failure_of
from changeseek.core.engine.job import Job, State
from changeseek.core.engine.lane import Errand, Lane
from changeseek.core.engine.lines import Line, read_lines
from changeseek.core.engine.protocol import (
    CANCEL,
    FAULT,
    NOT_A_REQUEST,
    Answer,
    Call,
    Failure,
    Message,
    NotAMessageError,
    decode,
    id_at_start,
)
from changeseek.core.engine.pulse import Pulse

_log = logging.getLogger(__name__)

BUILD = "index"
SHUTDOWN = "shutdown"
# What runs may come to an end before the process does; a kill loses no whole part either.
_SECONDS_TO_END = 3.0
_SECONDS_TO_SHUT_DOWN = 20.0
MOST_JOBS = 10_000

AnswerJob = Callable[[Job], "dict[str, Any]"]


class Server:
    """Answers requests until its stream ends, it is told to end, or nobody asks any more.

    Args:
        channel: Where answers go.
        answer: Answers one request; what it raises becomes a failure.
        log: Path of the log, for what nobody expected.
        idle_seconds: End after so long without a question; 0 for never.
        warm_up: Run once, in the lane of the questions, when the first request has been answered.
    """

    def __init__(
        self, channel: Channel, answer: AnswerJob, log: Path, idle_seconds: float, warm_up: Errand
    ) -> None:
        self._channel = channel
        self._answer = answer
        self._log = log
        self._warm_up: Errand | None = warm_up
        self._jobs: dict[int, Job] = {}
        self._closing = False
        # Held by whoever reads or changes the jobs, or whether there may be more of them.
        self._one_at_a_time = Lock()
        self._lanes = {True: Lane("changeseek-builds"), False: Lane("changeseek-questions")}
        # None, or the id of the request to end.
        self._ends: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._pulse = Pulse(channel, self._busy, idle_seconds, end=self._end, rest=self._end_if_nobody_asks)

    def serve(self, stream: BinaryIO) -> None:
        """Answer until the end."""
        Thread(target=self._read, args=(stream,), name="changeseek-reader", daemon=True).start()
        self._pulse.start()
        shutdown = None
        try:
            shutdown = self._ends.get()
        except KeyboardInterrupt:
            _log.info("interrupted")
        self._close(shutdown)

    def _end(self) -> None:
        self._ends.put(None)

    def _end_if_nobody_asks(self) -> None:
        with self._one_at_a_time:
            if self._jobs or self._closing:
                return
            # Whoever asks from now on sees the end without an answer, and asks the next engine.
            self._closing = True
        _log.info("the engine ends: nobody asks")
        self._end()

    def _read(self, stream: BinaryIO) -> None:
        try:
            for line in read_lines(stream):
                self._read_line(line)
            _log.info("the questions have ended")
        except OSError as error:
            _log.info("the questions cannot be read any more: %s", error)
        finally:
            self._end()

    def _read_line(self, line: Line) -> None:
        self._pulse.asked()
        try:
            if not line.whole:
                raise NotAMessageError(NOT_A_REQUEST, "the line is too long", id_at_start(line.text))
            self._take(decode(line.text))
        except NotAMessageError as error:
            self._refuse(error)

    def _refuse(self, error: NotAMessageError) -> None:
        with self._one_at_a_time:
            # The answer that is still to come would be taken for another one's.
            id = None if error.id in self._jobs else error.id
        self._channel.send(Failure(id, error.code, str(error), "", type(error).__name__))

    def _take(self, message: Message) -> None:
        if not isinstance(message, Call):
            _log.warning("an answer that nobody waits for")
        elif message.id is None:
            self._notice(message)
        elif message.method == SHUTDOWN:
            self._ends.put(message.id)
        else:
            self._start(message.id, message)

    def _notice(self, notification: Call) -> None:
        if notification.method != CANCEL:
            _log.warning("unknown notification %.80r", notification.method)
            return
        unwanted = notification.params.get("id")
        with self._one_at_a_time:
            jobs = [job for job in self._jobs.values() if job.id == unwanted]
        for job in jobs:
            self._cancel(job)

    def _start(self, id: int, call: Call) -> None:
        job = Job(id, call, self._channel)
        with self._one_at_a_time:
            if self._closing:
                _log.info("too late for request %d", id)
                return
            refusal = self._what_forbids(id)
            if refusal is None:
                self._jobs[id] = job
                self._lanes[call.method == BUILD].put(partial(self._work, job))
        if refusal is not None:
            self._channel.send(refusal)

    def _what_forbids(self, id: int) -> Failure | None:
        if id in self._jobs:
            return Failure(None, NOT_A_REQUEST, f"request {id} is being answered already")
        if len(self._jobs) >= MOST_JOBS:
            advice = "Wait for the answers to those that were sent"
            return Failure(id, FAULT, f"{MOST_JOBS:,} requests wait already", advice)
        return None

    def _work(self, job: Job) -> None:
        if not job.turn(State.WAITING, State.RUNNING):
            return
        started = time.monotonic()
        try:
            self._channel.send(Answer(job.id, self._answer(job)))
        # The engine's loop: whatever fails is the asker's to know. A panic in Rust is no Exception.
        except BaseException as error:  # noqa: BLE001
            self._channel.send(failure_of(job.id, error, self._log))
        _log.info("%.80r took %.3f s", job.call.method, time.monotonic() - started)
        self._forget(job)
        self._prepare()

    def _prepare(self) -> None:
        with self._one_at_a_time:
            warm_up, self._warm_up = self._warm_up, None
            if warm_up is not None and not self._closing:
                self._lanes[False].put(warm_up)

    def _cancel(self, job: Job) -> None:
        job.cancel()
        if job.turn(State.WAITING, State.OVER):
            self._channel.send(cancelled(job.id))
            self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._one_at_a_time:
            del self._jobs[job.id]
        self._pulse.asked()

    def _busy(self) -> list[int]:
        with self._one_at_a_time:
            return list(self._jobs)

    def _close(self, shutdown: int | None) -> None:
        """End the lanes; a running build stops, a running question may end where somebody waits for it."""
        self._pulse.stop()
        self._channel.hurry()
        with self._one_at_a_time:
            self._closing = True
            jobs = list(self._jobs.values())
        for job in jobs:
            self._cancel(job)
        for lane in self._lanes.values():
            lane.close(_SECONDS_TO_END if shutdown is None else _SECONDS_TO_SHUT_DOWN)
        if shutdown is not None:
            self._channel.send(Answer(shutdown, {}))
        self._channel.close(_SECONDS_TO_END)
