"""How a process that we started ends: asked first, then made to."""

from __future__ import annotations

import subprocess

PATIENCE_SECONDS = 5.0


def end(process: subprocess.Popen[bytes]) -> None:
    """Terminate, then kill; returns when the process is gone."""
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
