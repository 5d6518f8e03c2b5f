"""The engine's end of the two pipes.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import logging
import os
import sys
from threading import Lock
from typing import BinaryIO, TextIO

from changeseek.core.engine.protocol import Message, encode

_log = logging.getLogger(__name__)


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
    """Sends messages from any thread, whole lines each.

    Args:
        stream: Where to.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._one_at_a_time = Lock()
        self.broken = False

    def send(self, message: Message) -> None:
        """Send one message; nothing happens where nobody listens any more.

        Raises:
            ValueError: It holds what is no JSON, such as NaN.
        """
        line = encode(message)
        with self._one_at_a_time:
            if self.broken:
                return
            try:
                self._stream.write(line)
                self._stream.flush()
            except OSError as error:
                _log.info("nobody reads the answers any more: %s", error)
                self.broken = True
