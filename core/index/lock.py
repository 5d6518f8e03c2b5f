"""One writer at a time for an index folder.

The operating system holds the lock and lets go of it when the process dies, however it dies. What stands
in the file is only for the message to a second writer.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from changeseek.core.errors import IndexBusyError
from changeseek.core.index.files import disk_fault
from changeseek.core.index.layout import LOCK

# Seconds for which somebody who merely asks who writes may hold the lock.
_LONGEST_LOOK = 0.2


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Hold the folder for writing until the block ends.

    Raises:
        IndexBusyError: A living process holds it, or has just taken it away.
        MachineFaultError: The folder cannot be written.
    """
    file = directory / LOCK
    lock = FileLock(file)
    try:
        lock.acquire(timeout=_LONGEST_LOOK)
    except Timeout as error:
        message = f"{directory} is being written by {_owner(file)}"
        raise IndexBusyError(message, "Wait until it has finished, or end it") from error
    except FileNotFoundError as error:
        message = f"another process has just given up {directory}"
        raise IndexBusyError(message, "Run the same command again") from error
    except OSError as error:
        raise disk_fault(file, error) from error
    try:
        with suppress(OSError):
            file.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}) + "\n")
        yield
    finally:
        with suppress(OSError):
            file.write_text("")
        lock.release()


def writer_of(directory: Path) -> str | None:
    """Who writes the folder now, None where nobody does or nobody can."""
    file = directory / LOCK
    if not os.access(file, os.W_OK):
        return None
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _owner(file)
    except OSError:
        return None
    lock.release()
    return None


def _owner(file: Path) -> str:
    try:
        owner = json.loads(file.read_text(encoding="utf-8"))
        return f"process {owner['pid']} on {owner['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
