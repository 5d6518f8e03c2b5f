"""Answers out of one copy of an index and into another: a union of lines by their ids."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from changeseek.core.anneal.log import read_lines
from changeseek.core.anneal.session import FeedbackSession
from changeseek.core.errors import FeedbackError
from changeseek.core.index.files import write_text_whole


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import brought.

    Attributes:
        added: Lines that were new.
        known: Lines that were here already.
        damaged: Lines of the file, counted from 1, that cannot be read.
        unknown_tiles: Answers left out because the index holds no such tile.
    """

    added: int
    known: int
    damaged: tuple[int, ...]
    unknown_tiles: int


def export_answers(session: FeedbackSession, path: Path) -> int:
    """Write the lines of a log that can be read; returns how many.

    Raises:
        FeedbackError: The file cannot lie there.
        MachineFaultError: The disk is full or faulty.
    """
    # Not by Path's own methods, which raise where a name is too long or a folder may not be entered.
    if not os.path.isdir(path.parent) or os.path.isdir(path):
        raise FeedbackError(f"{path} cannot be written", "Name a file in a folder that exists")
    if os.path.realpath(path) == os.path.realpath(session.log.path):
        # To replace it would lose what cannot be read of it, and what somebody else writes meanwhile.
        raise FeedbackError(f"{path} is the log of answers itself", "Name another file")
    entries = session.log.read().entries
    write_text_whole(path, "".join(entry.line() + "\n" for entry in entries))
    return len(entries)


def import_answers(session: FeedbackSession, path: Path) -> Merged:
    """Merge a file of answers into the log.

    Raises:
        FeedbackError: There is no such file, or no line of it can be read.
    """
    if not os.path.isfile(path):
        raise FeedbackError(f"no file {path}", "Name a file that changeseek feedback export wrote")
    lines = read_lines(path)
    if lines.damaged and not lines.entries:
        raise FeedbackError(f"{path} holds no answers", "Name a file that changeseek feedback export wrote")
    row_of = session.index.row_of
    fitting = [entry for entry in lines.entries if all(row_of(tile) is not None for tile in entry.tiles)]
    added = session.log.merge(fitting)
    known = len({entry.id for entry in fitting}) - added
    return Merged(added, known, lines.damaged, len(lines.entries) - len(fitting))
