"""A screen that nobody sees, for a window that is real all the same."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .ending import end

SECONDS_TO_START = 20.0


class DisplayError(Exception):
    """The screen could not be made."""


@dataclass(frozen=True)
class Screen:
    """Size of a screen in pixels, and how many of them make one of Qt's."""

    width: int = 1600
    height: int = 1000
    scale: int = 1


@contextmanager
def display(screen: Screen) -> Iterator[str]:
    """Start a screen of its own and end it afterwards.

    Yields:
        Its name, such as `:99`, for the environment variable DISPLAY.
    """
    reading, writing = os.pipe()
    size = f"{screen.width}x{screen.height}x24"
    # It looks for a free number itself and writes it down once it is ready.
    # At another density than 96 dots per inch Qt would scale everything by a fraction.
    screens = ["-screen", "0", size, "-dpi", "96"]
    command = ["Xvfb", "-displayfd", str(writing), *screens, "-nolisten", "tcp", "-noreset"]
    with open(reading, encoding="ascii") as number:
        server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            yield f":{_read_number(number.readline())}"
        finally:
            end(server)


def _read_number(line: str) -> int:
    # Xvfb that ends without a number closes its end of the pipe, and the line is empty.
    if not line.strip().isdigit():
        raise DisplayError("Xvfb did not start. Run make setup-qgis, which installs it.")
    return int(line)
