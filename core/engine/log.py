"""The engine's log: a file, because nobody looks at the output of a process without a window.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TextIO

NAME = "engine.log"
# Rotated at a start only: the C libraries write through a file descriptor, which no handler can turn over.
_MOST_BYTES = 1_000_000
_OLD_ONES = 3
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


def open_log() -> tuple[Path, TextIO]:
    """The log and where it is, opened for appending; the temporary folder where the user has no other."""
    for folder in (_user_folder(), Path(tempfile.gettempdir())):
        path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _rotate(path)
            return path, path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
        except OSError:
            continue
    return Path(os.devnull), Path(os.devnull).open("a", encoding="utf-8")


def log_to_stderr() -> None:
    """Send records, warnings and the traces of crashes in C to stderr, which is the log by now."""
    logging.basicConfig(level=logging.WARNING, format=_FORMAT, stream=sys.stderr, force=True)
    logging.getLogger("changeseek").setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    faulthandler.enable()


def _user_folder() -> Path:
    try:
        from platformdirs import user_log_path
    except ImportError:
        return Path(tempfile.gettempdir())
    return Path(user_log_path("changeseek", appauthor=False))


def _rotate(path: Path) -> None:
    """Give a full log an old one's name; another engine may hold it open, then it grows on."""
    if not path.exists() or path.stat().st_size < _MOST_BYTES:
        return
    with suppress(OSError):
        for number in range(_OLD_ONES - 1, 0, -1):
            old = path.with_name(f"{NAME}.{number}")
            if old.exists():
                old.replace(path.with_name(f"{NAME}.{number + 1}"))
        path.replace(path.with_name(f"{NAME}.1"))
