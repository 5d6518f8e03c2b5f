"""What a training measured, one JSON object a line, as it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from changeseek.core.index.files import write_text_whole

Row = dict[str, Any]


class MetricsFile:
    """Rows with a `step`, appended as they come.

    Args:
        file: JSON lines.
        step: Rows of later steps are dropped: a run that goes on from there writes them again.
    """

    def __init__(self, file: Path, step: int) -> None:
        self._file = file
        kept = [row for row in read_metrics(file) if row["step"] <= step]
        write_text_whole(file, "".join(json.dumps(row) + "\n" for row in kept))

    def add(self, row: Row) -> None:
        """Append a row."""
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")


def read_metrics(file: Path) -> list[Row]:
    """All whole rows; none where there is no file."""
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    # A process that was killed may have left half a row.
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
