"""The lines of the questions, none of them longer than memory allows.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

# Ten times what naming a hundred thousand tiles takes.
MOST_BYTES = 1 << 24


class Line(NamedTuple):
    """A line, or the first bytes of one that is too long."""

    text: bytes
    whole: bool


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a stream to its end; of a longer one than `MOST_BYTES` the rest is thrown away."""
    while text := stream.readline(MOST_BYTES):
        ended = text.endswith(b"\n")
        yield Line(text, ended or len(text) < MOST_BYTES)
        while not ended and (rest := stream.readline(MOST_BYTES)):
            ended = rest.endswith(b"\n")
