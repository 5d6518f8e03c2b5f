"""The most memory that a build ever holds: the whole command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from changeseek.tests.benchmarks.command import changeseek
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.settings import Settings

# Linux counts ru_maxrss in KiB, macOS in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


def measure(settings: Settings) -> Figures:
    """Peak resident memory of `changeseek index` in MB (10**6 bytes), interpreter and libraries included.

    The kernel's figure for that one process. It is never less than what the starting process held at that
    moment, so this module imports nothing heavy and runs in a fresh process.
    """
    command = changeseek(
        "index", settings.before, settings.after, "-o", settings.index, "--tile", settings.tile
    )
    if settings.model is not None:
        command += ["--model", settings.model]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return {"peak_rss_mb": usage.ru_maxrss * _UNIT / 1e6}
