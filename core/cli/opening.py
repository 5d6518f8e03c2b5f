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
    from changeseek.core.index.freshness import source_state
    from changeseek.core.index.store import open_index

    index = open_index(directory)
    for name, source in (("before", index.record.before), ("after", index.record.after)):
        if source_state(source) == "changed since":
            say(f"note: the {name} raster {source.path} has changed since the index was built")
    return index
