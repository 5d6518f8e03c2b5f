"""The most memory that a build ever holds: the whole command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from changeseek.tests.benchmarks.command import changeseek
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.settings import Settings

# Linux counts ru_maxrss in KiB, macOS in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


def measure(settings: Settings) -> Figures:
    """Peak resident memory of `changeseek index` in MB (10**6 bytes), interpreter and libraries included.

    Of two windows of the huge pair: peak_rss_mb of the larger, peak_rss_mb_quarter of one of a quarter of its
    area, peak_rss_growth the quotient.

    The kernel's figure for that one process. It is never less than what the starting process held at that
    moment, so this module imports nothing heavy and runs in a fresh process.
    """
    quarter = _peak(settings, settings.window_pixels // 4, settings.folder / "quarter.csx")
    whole = _peak(settings, settings.window_pixels // 2, settings.index)
    return {"peak_rss_mb": whole, "peak_rss_mb_quarter": quarter, "peak_rss_growth": whole / quarter}


def _peak(settings: Settings, side: int, index: Path) -> float:
    extent = ",".join(map(str, settings.window_bounds(side)))
    rasters = settings.huge_before, settings.huge_after
    command = changeseek("index", *rasters, "-o", index, "--tile", settings.tile, "--extent", extent)
    if settings.model is not None:
        command += ["--model", settings.model]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss * _UNIT / 1e6
