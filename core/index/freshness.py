"""Whether the rasters of an index are still what they were when it was built."""

from __future__ import annotations

from typing import Literal

from changeseek.core.errors import BadInputError
from changeseek.core.index.manifest import IndexRecord, SourceRecord

SourceState = Literal["unchanged", "changed since", "not found", "not checked"]


def source_state(recorded: SourceRecord) -> SourceState:
    """Compare size and modification time of a source with what the index recorded.

    A source that had neither, such as one on another machine, is not looked at.
    """
    if not recorded.size and not recorded.mtime:
        return "not checked"

    from changeseek.core.raster.source import describe_source

    try:
        now = describe_source(recorded.path, recorded.bands)
    except BadInputError:
        return "not found"
    same = (now.size, now.mtime) == (recorded.size, recorded.mtime)
    return "unchanged" if same else "changed since"


def freshness_notes(record: IndexRecord) -> tuple[str, ...]:
    """What the asker of an index should know: a line for each raster that changed after it was built."""
    dates = (("before", record.before), ("after", record.after))
    return tuple(
        f"the {name} raster {source.path} has changed since the index was built"
        for name, source in dates
        if source_state(source) == "changed since"
    )
