"""Opening an index for a question: what has changed under it is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from changeseek.core.cli.output import say

if TYPE_CHECKING:
    from changeseek.core.index.store import Index


def open_for_question(directory: Path) -> Index:
    """Open a finished index; says so where a raster changed after it was built.

    Raises:
        IndexFolderError: The folder is not an index, not finished, or damaged.
    """
    from changeseek.core.index.freshness import freshness_notes
    from changeseek.core.index.store import open_index

    index = open_index(directory)
    for note in freshness_notes(index.record):
        say(f"note: {note}")
    return index
