"""What must hold before anything heavy is imported: offline, and no other program's libraries."""

from __future__ import annotations

import io
import logging
import os
import sys

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PROJ_NETWORK": "OFF"}


def go_offline() -> None:
    """Forbid the libraries to look into the network; what the user types is the only address there is."""
    os.environ.update(_OFFLINE)


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
