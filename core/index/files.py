"""Files that exist whole or not at all, whenever the process or the machine dies."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from changeseek.core.errors import MachineFaultError
from changeseek.core.faults import DISK_FULL


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; at the end of the block the file there takes its place.

    Raises:
        MachineFaultError: The disk is full or faulty. Nothing is left under either name that was not there.
    """
    unfinished = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield unfinished
        _flush(unfinished)
        unfinished.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise disk_fault(path, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def write_text_whole(path: Path, text: str) -> None:
    """Write UTF-8 text with Unix line ends, whole or not at all."""
    with written_whole(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def disk_fault(path: Path, error: OSError) -> MachineFaultError:
    """The fault to raise when `path` cannot be written."""
    full = error.errno in DISK_FULL
    advice = (
        "Make room on the disk and run the same command again"
        if full
        else "Check the disk and your rights on it, then run the same command again"
    )
    # Libraries put words of their own around what the system says; all that they know of a general fault.
    number = error.errno or errno.EIO
    said = error.strerror or error if number == errno.EIO else os.strerror(number)
    return MachineFaultError(f"{path} could not be written: {said}", advice)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the rename last; systems that cannot flush a folder need no such step."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
