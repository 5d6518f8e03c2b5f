"""The log of the runs that built an index: times, device, parts. Outside the index's identity."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from changeseek.core.index.files import disk_fault
from changeseek.core.index.layout import journal_path


def note(directory: Path, event: str, **facts: str | int | float | None) -> None:
    """Append one line: when, what, and the facts.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts})
    try:
        with journal_path(directory).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(line + "\n")
    except OSError as error:
        raise disk_fault(journal_path(directory), error) from error
