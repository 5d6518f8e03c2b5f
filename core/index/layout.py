"""Where everything lies in an index folder `NAME.csx/`."""

from __future__ import annotations

from pathlib import Path

MANIFEST = "index.json"
TILES = "tiles"
JOURNAL = "run.jsonl"
LOCK = "writer.lock"
FEEDBACK = "feedback.jsonl"
FEEDBACK_LOCK = "feedback.lock"


def manifest_path(directory: Path) -> Path:
    """What the index is: a STAC item."""
    return directory / MANIFEST


def part_name(number: int) -> str:
    """File name of one part, counted from 0."""
    return f"part-{number:05d}.parquet"


def part_path(directory: Path, number: int) -> Path:
    """One part of the tiles with their vectors."""
    return directory / TILES / part_name(number)


def journal_path(directory: Path) -> Path:
    """Log of the runs that built the index; no part of its identity."""
    return directory / JOURNAL


def feedback_path(directory: Path) -> Path:
    """Log of people's answers; no part of its identity."""
    return directory / FEEDBACK


def feedback_lock_path(directory: Path) -> Path:
    """Held while a line of the log is written."""
    return directory / FEEDBACK_LOCK
