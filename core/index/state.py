"""How far an index is that may still be building."""

from __future__ import annotations

from pathlib import Path

from changeseek.core.index.layout import part_path
from changeseek.core.index.manifest import IndexRecord
from changeseek.core.index.parts import rows_in


def tiles_done(directory: Path, record: IndexRecord) -> int:
    """Tiles of the grid that lie in finished parts, those that were skipped included."""
    finished = (part for part in record.plan.parts if rows_in(part_path(directory, part.number)) is not None)
    return sum(part.last - part.first for part in finished)
