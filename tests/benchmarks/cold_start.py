"""How long the first answer takes on a machine where nothing of the program runs yet."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from statistics import median

from changeseek.tests.benchmarks.command import changeseek
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.settings import Settings


def measure(settings: Settings) -> Figures:
    """Seconds on the clock for `changeseek search` from its start to its end, on the index of the scene.

    The median of several; the program's files are in the page cache from what ran before.
    """
    return {"cold_start_s": median(_seconds(settings.index) for _ in range(settings.starts))}


def _seconds(index: Path) -> float:
    start = time.perf_counter()
    subprocess.run(
        changeseek("search", index, "houses were built where there was forest", "--json"),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start
