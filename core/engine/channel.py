"""The engine's end of the two pipes.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import deque
from threading import Condition, Thread
from typing import BinaryIO, TextIO

from changeseek.core.engine.protocol import Message, encode

_log = logging.getLogger(__name__)

# Of messages that nobody has read yet; a single one may be larger.
MOST_BYTES_WAITING = 1 << 24
# So much unread, and nobody needs to know how far a build is.
_MUCH = 1 << 18


def claim_output(log: TextIO) -> BinaryIO:
    """Take stdout for the protocol alone; what anybody else prints, in Python or C, goes to the log."""
    ours = os.dup(1)
    for descriptor in (1, 2):
        os.dup2(log.fileno(), descriptor)
    _binary(ours)
    _binary(0)
    # Whatever they were before: their buffers belong to the log's descriptors.
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    return os.fdopen(ours, "wb")


def _binary(descriptor: int) -> None:
    """On Windows a descriptor may turn line ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(descriptor, os.O_BINARY)


class Channel:
    """Sends messages from any thread, whole lines each and in their order.

    They are written by a thread of the channel's own: a client that does not read holds up nobody who must
    see the end of the questions, or of the client.

    Args:
        stream: Where to.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines: deque[bytes] = deque()
        self._bytes = 0
        self._ending = False
        self._closed = False
        self._changed = Condition()
        self.broken = False
        Thread(target=self._write_all, name="changeseek-writer", daemon=True).start()

    def send(self, message: Message) -> None:
        """Send one message; nothing happens where nobody listens any more.

        Waits where `MOST_BYTES_WAITING` have not been read yet, unless the channel is to be closed.

        Raises:
            ValueError: It holds what is no JSON, such as NaN.
        """
        line = encode(message)
        with self._changed:
            self._changed.wait_for(self._takes_more)
            self._put(line)

    def offer(self, message: Message) -> None:
        """Send what is out of date soon: left out where much waits to be read, and never waits itself."""
        line = encode(message)
        with self._changed:
            if self._bytes < _MUCH:
                self._put(line)

    def hurry(self) -> None:
        """Let no `send` wait any more: the end is near."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()

    def close(self, seconds: float) -> None:
        """Wait until all is written, but not longer than that; the writing thread then ends."""
        self.hurry()
        with self._changed:
            self._changed.wait_for(lambda: self.broken or not self._bytes, seconds)
            self._closed = True
            self._changed.notify_all()

    def _takes_more(self) -> bool:
        return self.broken or self._ending or self._bytes < MOST_BYTES_WAITING

    def _put(self, line: bytes) -> None:
        if not self.broken:
            self._lines.append(line)
            self._bytes += len(line)
            self._changed.notify_all()

    def _write_all(self) -> None:
        while not self.broken:
            with self._changed:
                self._changed.wait_for(lambda: self._lines or self._closed)
                if not self._lines:
                    return
                line = self._lines.popleft()
            self._write(line)

    def _write(self, line: bytes) -> None:
        broken = False
        try:
            self._stream.write(line)
            self._stream.flush()
        except (OSError, ValueError) as error:
            _log.info("nobody reads the answers any more: %s", error)
            broken = True
        with self._changed:
            self.broken = broken
            self._bytes -= len(line)
            self._changed.notify_all()
