"""The index folder as people choose it in Processing: it exists already, and is empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_way(folder: Path) -> Iterator[None]:
    """Remove an empty folder, because an index is never built into one that exists; put back if nothing came.

    Args:
        folder: Where an index goes; left alone where it holds anything, or is a link.
    """
    emptied = folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())
    if emptied:
        folder.rmdir()
    try:
        yield
    finally:
        if emptied:
            folder.mkdir(parents=True, exist_ok=True)
