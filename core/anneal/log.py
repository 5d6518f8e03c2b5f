"""The answer log of an index: lines are only ever added, each is on the disk before anyone is told so.

It belongs to the people, not to the index: the index's identity does not hang on it, and a build's lock is
another than the one here.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from changeseek.core.anneal.entries import UNDO, Entry, read_entry
from changeseek.core.anneal.question import Question
from changeseek.core.errors import FeedbackError, IndexBusyError
from changeseek.core.index.files import disk_fault
from changeseek.core.index.layout import feedback_lock_path, feedback_path

_SECONDS_TO_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Lines:
    """What a log holds.

    Attributes:
        entries: In the order of the file.
        at: Line of each entry, counted from 1.
        damaged: Lines that cannot be read, counted from 1.
        count: All lines.
    """

    entries: tuple[Entry, ...] = ()
    at: tuple[int, ...] = ()
    damaged: tuple[int, ...] = ()
    count: int = 0

    def until(self, revision: int) -> Lines:
        """What the log held when it had so many lines."""
        kept = sum(line <= revision for line in self.at)
        damaged = tuple(line for line in self.damaged if line <= revision)
        return Lines(self.entries[:kept], self.at[:kept], damaged, min(revision, self.count))


def read_lines(path: Path) -> Lines:
    """Read a log; damaged lines are named and the rest is used. No file is an empty log.

    Raises:
        FeedbackError: There is a file, but it cannot be read.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Lines()
    except OSError as error:
        raise FeedbackError(f"{path} cannot be read: {error.strerror}", "Check your rights on it") from error
    lines = raw.split(b"\n")
    read = {number: read_entry(line) for number, line in enumerate(lines, 1) if line.strip()}
    found = {number: entry for number, entry in read.items() if entry is not None}
    damaged = tuple(number for number, entry in read.items() if entry is None)
    return Lines(tuple(found.values()), tuple(found), damaged, len(lines) - (not lines[-1]))


class AnswerLog:
    """The log in an index folder; for several processes at once.

    Args:
        directory: The index folder.
    """

    def __init__(self, directory: Path) -> None:
        self.path = feedback_path(directory)
        self._lock = feedback_lock_path(directory)

    def read(self) -> Lines:
        """All of it."""
        return read_lines(self.path)

    def add(
        self,
        kind: str,
        tiles: tuple[str, ...],
        verdict: str,
        annotator: str = "",
        question: Question = Question(),  # noqa: B008 - frozen
    ) -> Entry:
        """Write what somebody said; it is on the disk when this returns.

        Raises:
            MachineFaultError: The disk is full or faulty.
            IndexBusyError: Another process does not let go of the log.
        """
        with self._alone():
            time = _after(self.read().entries)
            entry = Entry(uuid4().hex, time, _named(annotator), kind, tiles, verdict, question)
            self._append([entry])
        return entry

    def undo(self, annotator: str = "") -> Entry | None:
        """Take back the annotator's last answer that counts; None where there is none.

        Raises:
            MachineFaultError: The disk is full or faulty.
            IndexBusyError: Another process does not let go of the log.
        """
        annotator = _named(annotator)
        with self._alone():
            entries = self.read().entries
            mine = [entry for entry in in_effect(entries) if entry.annotator == annotator]
            if mine:
                self._append([Entry(uuid4().hex, _after(entries), annotator, UNDO, (), mine[-1].id)])
        return mine[-1] if mine else None

    def merge(self, others: Sequence[Entry]) -> int:
        """Add the entries whose ids are not here yet; returns how many.

        Raises:
            MachineFaultError: The disk is full or faulty.
            IndexBusyError: Another process does not let go of the log.
        """
        with self._alone():
            here = {entry.id for entry in self.read().entries}
            new = {entry.id: entry for entry in others if entry.id not in here}
            self._append(list(new.values()))
        return len(new)

    def _append(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        text = "".join(entry.line() + "\n" for entry in entries).encode("ascii")
        try:
            with self.path.open("ab+", buffering=0) as stream:
                if not _ends_with_line(stream.fileno()):
                    # A process was killed in the middle of a line: that one is damaged, the next is not.
                    text = b"\n" + text
                # A disk that is getting full takes a part and says so by the number of bytes alone.
                while text:
                    text = text[stream.write(text) :]
                os.fsync(stream.fileno())
        except OSError as error:
            raise disk_fault(self.path, error) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with FileLock(self._lock, timeout=_SECONDS_TO_WAIT):
                yield
        except Timeout as error:
            raise IndexBusyError(
                f"another process holds {self.path}", "Wait until it has finished, or end it"
            ) from error
        except OSError as error:
            raise disk_fault(self.path, error) from error


def in_effect(entries: Sequence[Entry]) -> list[Entry]:
    """What counts of the entries of one or of several logs: in the order of time, without what was undone."""
    undone = {entry.verdict for entry in entries if entry.kind == UNDO}
    counting = [entry for entry in entries if entry.kind != UNDO and entry.id not in undone]
    return sorted(counting, key=lambda entry: (datetime.fromisoformat(entry.time), entry.id))


def annotator_here() -> str:
    """The name under which this process runs."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _named(annotator: str) -> str:
    """A name on one line, whatever blanks it was given with."""
    return " ".join(annotator.split()) or annotator_here()


def _after(entries: Sequence[Entry]) -> str:
    """Now, but later than all that was said: a clock that was put back must not change the order."""
    now = datetime.now(UTC)
    if entries:
        last = max(datetime.fromisoformat(entry.time) for entry in entries)
        now = max(now, last + timedelta(microseconds=1))
    return now.astimezone(UTC).isoformat(timespec="microseconds")


def _ends_with_line(handle: int) -> bool:
    end = os.lseek(handle, 0, os.SEEK_END)
    if end == 0:
        return True
    os.lseek(handle, end - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"
