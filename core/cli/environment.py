"""What the command line does to its terminal before it speaks."""

from __future__ import annotations

import io
import logging
import sys


def speak_utf8() -> None:
    """Write UTF-8 whatever the system's code page is: a query may be in any script, and JSON is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def keep_quiet() -> None:
    """Keep log records and warnings of libraries off the terminal: what fails there is said in one line."""
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())
