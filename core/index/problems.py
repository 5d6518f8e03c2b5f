"""What is wrong with an index, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from changeseek.core.index.freshness import SourceState, source_state
from changeseek.core.index.lock import writer_of
from changeseek.core.index.manifest import IndexRecord
from changeseek.core.index.verify import DamagedPart, damaged_parts, parts_to_make

Checked = Literal["every byte", "that each part opens", "unfinished"]
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, and what the user can do about it; one line each."""

    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at all of an index found.

    Attributes:
        checked: How closely the parts were looked at.
        before: How the first raster is now.
        after: How the second raster is now.
        writer: Who writes the index now, None where nobody does.
        damaged: Parts that are not what was written.
        problems: What is wrong, worst first; empty where all is well.
    """

    checked: Checked
    before: SourceState
    after: SourceState
    writer: str | None
    damaged: tuple[DamagedPart, ...]
    problems: tuple[Problem, ...]


def verify(directory: Path, record: IndexRecord) -> Verification:
    """Look at every part of an index and at its sources."""
    before, after = source_state(record.before), source_state(record.after)
    writer = writer_of(directory)
    damaged = tuple(damaged_parts(directory, record)) if record.state == "complete" else ()
    problems = (
        *_in_parts(damaged, len(record.plan.parts)),
        *_in_progress(directory, record, writer),
        *_in_source("before", record.before.path, before),
        *_in_source("after", record.after.path, after),
    )
    return Verification(_checked(record), before, after, writer, damaged, problems)


def _checked(record: IndexRecord) -> Checked:
    if record.state != "complete":
        return "unfinished"
    return "every byte" if record.written else "that each part opens"


def _in_parts(damaged: Sequence[DamagedPart], count: int) -> Iterator[Problem]:
    for damage in dict.fromkeys(part.damage for part in damaged):
        names = [part.path.name for part in damaged if part.damage == damage]
        shown = ", ".join(names[:_MOST_NAMES]) + (" and others" if len(names) > _MOST_NAMES else "")
        verb = "is" if len(names) == 1 else "are"
        advice = (
            "Check your rights on the folder"
            if damage == "not readable"
            else "Run the same changeseek index command again: it makes them anew"
        )
        yield Problem(f"{len(names)} of {count} parts {verb} {damage}: {shown}", advice)


def _in_progress(directory: Path, record: IndexRecord, writer: str | None) -> Iterator[Problem]:
    if writer is not None:
        yield Problem(f"it is being written by {writer}", "Wait until it has finished")
    elif record.state != "complete":
        count, missing = len(record.plan.parts), len(parts_to_make(directory, record))
        advice = "Run the same changeseek index command again: it goes on where it stopped"
        yield Problem(f"it is not finished: {count - missing} of {count} parts are written", advice)


def _in_source(date: str, path: str, state: SourceState) -> Iterator[Problem]:
    if state == "changed since":
        advice = "Build a new index in another folder; this one knows the raster as it was"
        yield Problem(f"the {date} raster {path} has changed since the index was built", advice)
    if state == "not found":
        advice = "Bring it back to see its pictures; searching works without"
        yield Problem(f"the {date} raster {path} cannot be found or read", advice)
