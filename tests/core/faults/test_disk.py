"""A disk that fills while an index is written: one line, exit code 1, whole parts, the same bytes later."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from changeseek.tests.core.faults import small_disk
from changeseek.tests.core.faults.command import Scene, Undisturbed, end_of, identity, parts

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="makes disks and limits as Linux knows them"),
    pytest.mark.timeout(1200),
]
ADVICE = "Make room on the disk and run the same command again"
# Room for no file at all, for index.json, for some of the four parts, for all of them but not for saying so.
SIZES = [
    "148k",
    *(pytest.param(size, marks=pytest.mark.long) for size in ("4k", "24k", "92k", "208k", "256k")),
]


def on_a_small_disk(scene: Scene, disk: Path, size: str) -> Any:
    """What happened on a disk of that size; skips where nobody may mount one."""
    disk.mkdir()
    driver = [sys.executable, small_disk.__file__, size, str(disk), *scene.command(disk / "i.csx")]
    rights = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    ended = subprocess.run(
        ["unshare", *rights, "--mount", *driver], capture_output=True, text=True, check=False
    )
    if ended.returncode == small_disk.NO_MOUNT or "unshare failed" in ended.stderr:
        pytest.skip("this user may mount no disk here")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("size", SIZES)
def test_a_full_disk_keeps_whole_parts_and_the_run_goes_on(
    undisturbed: Undisturbed, tmp_path: Path, size: str
) -> None:
    happened = on_a_small_disk(undisturbed.scene, tmp_path / "disk", size)
    code, said = happened["first"]
    assert code == 1
    assert "No space left on device" in said
    assert said.endswith(ADVICE)
    wanted = {
        f"i.csx/{name}": hashlib.sha256(content).hexdigest() for name, content in undisturbed.files.items()
    }
    kept = {name: value for name, value in happened["kept"].items() if "/tiles/" in name}
    assert kept.items() <= wanted.items()
    assert not wanted.items() <= happened["kept"].items()
    assert happened["second"][0] == 0
    assert wanted.items() <= happened["done"].items()
    assert len(happened["done"]) == len(wanted) + 2, "the log and the lock beside what makes the index"


@pytest.mark.long
def test_a_limit_on_the_size_of_files_is_told_like_a_full_disk(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    limit = max(map(len, parts_of(undisturbed))) - 1
    with undisturbed.scene.started(tmp_path / "i.csx") as process:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
        ended = end_of(process)
    assert ended.code == 1
    assert "could not be written: File too large. Make room" in ended.said
    assert parts(tmp_path / "i.csx").items() < undisturbed.files.items()
    assert undisturbed.scene.run(tmp_path / "i.csx").code == 0
    assert identity(tmp_path / "i.csx") == undisturbed.files


def parts_of(undisturbed: Undisturbed) -> list[bytes]:
    return [content for name, content in undisturbed.files.items() if name.startswith("tiles/")]
