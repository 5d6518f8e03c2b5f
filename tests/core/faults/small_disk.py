"""Runs a command on a disk that is too small for it, then on the same disk made larger; a program of its own.

Started within a mount namespace of its own (`unshare --mount`), so the disk is gone with the process.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

NO_MOUNT = 77


def main(size: str, disk: Path, command: list[str]) -> int:
    """Mount, run, enlarge, run again; says what happened as one JSON document on stdout."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=False)
    if mounted.returncode:
        return NO_MOUNT
    first, kept = _run(command), _hashes(disk)
    subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
    second, done = _run(command), _hashes(disk)
    json.dump({"first": first, "kept": kept, "second": second, "done": done}, sys.stdout)
    return 0


def _run(command: list[str]) -> tuple[int, str]:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.returncode, (ended.stderr.splitlines() or [""])[-1]


def _hashes(disk: Path) -> dict[str, str]:
    files = [path for path in disk.rglob("*") if path.is_file()]
    return {str(path.relative_to(disk)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
