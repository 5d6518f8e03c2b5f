"""The installed command, as a user starts it."""

from __future__ import annotations

import sys
from pathlib import Path


def changeseek(*arguments: object) -> list[str]:
    """The command line that runs this environment's `changeseek`."""
    return [str(Path(sys.executable).with_name("changeseek")), *map(str, arguments)]
